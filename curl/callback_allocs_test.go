package curl_test

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A callback costs no allocation: what it gets is libcurl's own memory. Files are the peers here, because servers in
// this process would allocate as well.
func TestCallbacksDoNotAllocate(t *testing.T) {
	dir := t.TempDir()
	calls := 0
	transfer := func(size int64, upload bool) float64 {
		file := filepath.Join(dir, "file")
		h := easy(t, opt.URL("file://"+file), opt.NoProgress(false),
			opt.XferInfoFunction(func(opt.Progress) error { calls++; return nil }))
		body := matcher{t: t}
		var left int64
		if upload {
			setAll(t, h, opt.Upload(true), opt.ReadFunction(func(p []byte) (int, error) {
				calls++
				n := int(min(int64(len(p)), left))
				if left -= int64(n); n == 0 {
					return 0, io.EOF
				}
				return n, nil
			}))
		} else {
			if err := os.WriteFile(file, testserver.PatternBytes(int(size)), 0o600); err != nil {
				t.Fatal(err)
			}
			setAll(t, h, opt.WriteFunction(func(p []byte) error { calls++; return body.write(p) }))
		}
		ctx := patient(t)
		return testing.AllocsPerRun(3, func() {
			body.off, left = 0, size
			if err := h.Perform(ctx); err != nil {
				t.Fatal(err)
			}
			if !upload && body.off != size || left > 0 && upload {
				t.Fatalf("%d bytes of %d", body.off, size)
			}
		})
	}
	for _, upload := range []bool{false, true} {
		small := transfer(1000, upload)
		calls = 0
		large := transfer(16<<20, upload)
		if calls < 1000 || large > small+5 {
			t.Errorf("upload %v: %d calls; %v allocations, %v of them without the size", upload, calls, large, small)
		}
	}
}
