export const helpText = `Starts Redis, the mediator, the recommenders and the storefront, each as a process of its own.

  npm start                 build and start everything; Ctrl-C stops it
  npm start -- --quiet      the same without the log lines of the processes
  npm start -- --help       this text

Environment:
  STOREFRONT_PORT     3000   where the storefront listens
  MEDIATOR_PORT       4000   where the mediator listens
  RECOMMENDERS_PORT   4101   where the first recommender listens; the others follow
  DATA_DIR            .data  folder for Redis' append-only file, the hashes of the keys and the token secret
  REDIS_URL           -      use this Redis; else a private redis-server or valkey-server from PATH, else one
                             in JavaScript that keeps everything in memory, for trying out only
  LOG_LEVEL           info   debug, info, warn, error or silent
  NO_COLOR            -      set it to have no colours
`;
