import { render } from 'preact';
import './styles/base.css';
import './styles/header.css';
import './styles/page.css';
import './styles/poster.css';
import './styles/panel.css';
import './styles/motion.css';
import { App } from './app.tsx';

const root = document.getElementById('app');
if (root) render(<App />, root);
