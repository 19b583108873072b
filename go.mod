module github.com/seed-0edfda58/gocurl

go 1.25.0

require (
	github.com/dave/jennifer v1.7.1
	github.com/google/go-cmp v0.7.0
	modernc.org/cc/v4 v4.31.0
)
