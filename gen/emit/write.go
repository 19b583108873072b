package emit

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Write brings the tree below root in line with the files: it writes those whose content differs and removes generated
// files that are no longer in the list. Files without the marker in their first line are never touched. It returns the
// paths that it wrote or removed.
func Write(root string, files []File) (changed []string, err error) {
	for _, file := range files {
		name := filepath.Join(root, filepath.FromSlash(file.Path))
		old, err := os.ReadFile(name)
		if err == nil && bytes.Equal(old, file.Data) {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return changed, err
		}
		if err := os.WriteFile(name, file.Data, 0o644); err != nil {
			return changed, err
		}
		changed = append(changed, file.Path)
	}
	stale, err := Stale(os.DirFS(root), files)
	if err != nil {
		return changed, err
	}
	for _, name := range stale {
		if err := os.Remove(filepath.Join(root, filepath.FromSlash(name))); err != nil {
			return changed, err
		}
		changed = append(changed, name+" (removed)")
	}
	return changed, nil
}

// Stale lists the generated files below generated/ and in the other folders of the outputs that are not in the list.
func Stale(root fs.FS, files []File) ([]string, error) {
	listed := map[string]bool{}
	folders := map[string]bool{}
	for _, file := range files {
		listed[file.Path] = true
		folders[path.Dir(file.Path)] = true
	}
	err := fs.WalkDir(root, "generated", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			folders[name] = true
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var stale []string
	for _, folder := range slices.Sorted(maps.Keys(folders)) {
		names, err := fs.Glob(root, path.Join(folder, "*.*"))
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			data, err := fs.ReadFile(root, name)
			if err != nil {
				return nil, err
			}
			firstLine, _, _ := strings.Cut(string(data), "\n")
			if strings.Contains(firstLine, marker) && !listed[name] {
				stale = append(stale, name)
			}
		}
	}
	return stale, nil
}
