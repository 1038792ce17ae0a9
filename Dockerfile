# Build with everything, run with little. better-sqlite3 is compiled where no ready-made binary fits.
FROM node:22-slim AS build
WORKDIR /app
RUN apt-get update \
 && apt-get install --yes --no-install-recommends python3 make g++ \
 && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json ./
# The build runs below, once the sources are there; scripts of dependencies still have to run.
RUN npm pkg delete scripts.prepare && npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY src src
COPY commands commands
COPY adapters adapters
COPY db db
COPY test test
RUN npm run build \
 && npm prune --omit=dev --no-audit --no-fund \
 && rm -rf dist/test

FROM node:22-slim
ENV NODE_ENV=production \
    DATABASE_URL=sqlite:/data/tallyman.db \
    TALLYMAN_KEY_FILE=/keys/key.json \
    PORT=3000
WORKDIR /app
# The key lies apart from the data, so that a copy of one is of no use without the other.
RUN mkdir /data /keys && chown node:node /data /keys && chmod 700 /data /keys
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
# tsc copies no fonts.
COPY adapters/chart/fonts adapters/chart/fonts
RUN chmod +x dist/src/main.js && ln -s /app/dist/src/main.js /usr/local/bin/tallyman
USER node
VOLUME ["/data", "/keys"]
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "dist/src/main.js", "serve"]
