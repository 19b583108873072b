package testserver

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
)

// A fileTree holds files and directories by absolute path.
type fileTree struct {
	mu    sync.Mutex
	files map[string][]byte
	dirs  map[string]bool
}

func newFileTree(files map[string]string) *fileTree {
	t := &fileTree{files: map[string][]byte{}, dirs: map[string]bool{"/": true}}
	for name, content := range files {
		t.write(path.Clean(name), 0, []byte(content))
	}
	return t
}

func (t *fileTree) read(name string) ([]byte, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	content, ok := t.files[name]
	return slices.Clone(content), ok
}

// write puts content at an offset, which is no further than the file's end, and
// ends the file there.
func (t *fileTree) write(name string, offset int64, content []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	old := t.files[name]
	offset = min(offset, int64(len(old)))
	t.files[name] = append(old[:offset:offset], content...)
	for dir := path.Dir(name); !t.dirs[dir]; dir = path.Dir(dir) {
		t.dirs[dir] = true
	}
}

func (t *fileTree) remove(name string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, ok := t.files[name]
	delete(t.files, name)
	return ok
}

func (t *fileTree) makeDir(name string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.dirs[name] || !t.dirs[path.Dir(name)] {
		return false
	}
	t.dirs[name] = true
	return true
}

func (t *fileTree) isDir(name string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.dirs[name]
}

// list returns the entries of a directory in the manner of ls, or their names
// alone.
func (t *fileTree) list(dir string, namesOnly bool) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var b strings.Builder
	entry := func(name, mode string, size int) {
		switch {
		case name == "/" || path.Dir(name) != dir:
		case namesOnly:
			fmt.Fprintf(&b, "%s\r\n", path.Base(name))
		default:
			date := BytesTime.Format("Jan _2  2006")
			fmt.Fprintf(&b, "%s 1 owner group %8d %s %s\r\n", mode, size, date, path.Base(name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.dirs)) {
		entry(name, "drwxr-xr-x", 0)
	}
	for _, name := range slices.Sorted(maps.Keys(t.files)) {
		entry(name, "-rw-r--r--", len(t.files[name]))
	}
	return b.String()
}
