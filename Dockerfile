# syntax=docker/dockerfile:1
# The viewer, then the program with it inside, then an image of the program alone: no shell, no
# package manager, not root. `make deploy-check` runs the same commands in a clean copy.
#   docker build --build-arg VERSION=$(git describe --tags --always) --build-arg COMMIT=$(git rev-parse HEAD) -t patchwork .

FROM --platform=$BUILDPLATFORM node:22-bookworm-slim AS viewer
WORKDIR /src/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund --loglevel=error
# The viewer is checked against what other rooms hold too (the bounds of charts).
WORKDIR /src
COPY . .
WORKDIR /src/web
RUN npm run --silent build

FROM --platform=$BUILDPLATFORM golang:1.26-bookworm AS program
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=viewer /src/web/dist/ web/dist/
ARG VERSION=dev
ARG COMMIT=unknown
ARG TARGETOS
ARG TARGETARCH
RUN VERSION=$VERSION COMMIT=$COMMIT GOOS=$TARGETOS GOARCH=$TARGETARCH scripts/build-program.sh /out/patchwork
RUN mkdir -p /out/region

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=program /out/patchwork /usr/bin/patchwork
# The region's directory: a volume, the only place that is written. patchwork init fills it.
COPY --from=program --chown=65532:65532 /out/region /var/lib/patchwork
USER 65532:65532
WORKDIR /var/lib/patchwork
VOLUME /var/lib/patchwork
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s CMD ["/usr/bin/patchwork", "health"]
ENTRYPOINT ["/usr/bin/patchwork"]
CMD ["serve", "--config", "/var/lib/patchwork/patchwork.yaml"]
