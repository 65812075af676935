# One image for every service; docker-compose.yml says which one a container runs.
ARG NODE_IMAGE=node:22-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
RUN npm install --global --no-fund --no-audit pnpm@12.21.0
COPY . .
RUN pnpm install --frozen-lockfile && pnpm run build \
  && rm -rf node_modules packages/*/node_modules services/*/node_modules services/recommenders/*/node_modules test \
  && pnpm install --frozen-lockfile --prod

FROM ${NODE_IMAGE}
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app /app
USER node
EXPOSE 8080
CMD ["node", "services/mediator/dist/main.js"]
