package opt

import "io/fs"

// ChunkBeginFunc is called before each file of a wildcard download (curl_chunk_bgn_callback); remains counts
// the files still to come. Returning true skips the file, an error ends the transfer.
type ChunkBeginFunc func(f *FileInfo, remains int) (skip bool, err error)

// ChunkEndFunc is called after each file of a wildcard download (curl_chunk_end_callback). An error ends the transfer.
type ChunkEndFunc func() error

// FNMatchFunc says whether a file name matches the pattern of a wildcard download (curl_fnmatch_callback). An
// error ends the transfer.
type FNMatchFunc func(pattern, name string) (bool, error)

// FileInfo describes one entry of an FTP directory listing (struct curl_fileinfo). What the listing does not tell is -1
// for a number and empty for a string; the strings are the listing's own words.
type FileInfo struct {
	Name      string
	Type      FileType
	Mode      fs.FileMode // the permission bits
	UID, GID  int
	Size      int64
	HardLinks int64

	TimeText  string // libcurl does not interpret the time
	PermText  string
	UserText  string
	GroupText string
	Target    string // where a symbolic link points
}
