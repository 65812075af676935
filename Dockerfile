# One image for every service; docker-compose.yml says which one a container runs.
ARG NODE_IMAGE=node:22-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
RUN npm install --global --no-fund --no-audit pnpm@12.21.0
COPY pnpm-lock.yaml pnpm-workspace.yaml package.json ./
RUN pnpm fetch
COPY . .
RUN pnpm install --frozen-lockfile --offline && pnpm run build \
  && rm -rf node_modules packages/*/node_modules services/*/node_modules services/recommenders/*/node_modules \
  && pnpm install --frozen-lockfile --offline --prod \
  && find packages services -not -path '*/node_modules/*' \( -name '*.ts' -o -name '*.tsx' -o -name '*.tsbuildinfo' \) -delete

FROM ${NODE_IMAGE}
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/packages ./packages
COPY --from=build /app/services ./services
USER node
EXPOSE 8080
CMD ["node", "services/mediator/dist/main.js"]
