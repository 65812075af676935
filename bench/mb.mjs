import { Item, Publication } from '@widget-mediator/contracts';
import { filmList } from './dist/scenarios/filmLists.js';
import { parse as secure } from '../services/mediator/node_modules/secure-json-parse/index.js';
const items = filmList(3, 30);
const text = JSON.stringify({version:1, items});
const time=(name,f,n=3000)=>{for(let i=0;i<n;i++)f();let best=1e9;for(let r=0;r<5;r++){const t=process.hrtime.bigint();for(let i=0;i<n;i++)f();best=Math.min(best,Number(process.hrtime.bigint()-t)/n/1000);}console.log(name.padEnd(40),best.toFixed(2),'us per list of 30');};
time('JSON.parse',()=>JSON.parse(text));
time('secure',()=>secure(text,null,{protoAction:'error',constructorAction:'error'}));
time('Item.safeParse each',()=>{for(const i of items)Item.safeParse(i)});
time('Publication.safeParse',()=>Publication.safeParse({version:1,items}));
for (const k of Object.keys(Item.shape)) { const s=Item.shape[k]; const v=items.map(i=>i[k]).filter(x=>x!==undefined); if(v.length) time('  '+k,()=>{for(const x of v)s.safeParse(x)}); }
const pj=({id,title,url,image,sponsored,attributes})=>JSON.stringify({id,title,url,image,sponsored,attributes});
time('pageItemJson+Buffer each', ()=>items.map(i=>Buffer.from(pj(i))));
time('pageItemJson string', ()=>items.map(pj));
const u8=new TextDecoder('utf-8',{fatal:true}); const b=Buffer.from(text);
time('utf8 decode', ()=>u8.decode(b)); time('isUtf8+latin/utf8 toString', ()=>b.toString('utf8'));
const {isPlainItem}=await import('../services/mediator/dist/intake/isPlainItem.js');
time('isPlainItem',()=>{for(const i of items)if(!isPlainItem(i))throw 1});
