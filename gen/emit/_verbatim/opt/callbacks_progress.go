package opt

// Progress counts the bytes of a transfer. A total is 0 while it is not known.
type Progress struct {
	DownloadTotal, Downloaded int64
	UploadTotal, Uploaded     int64
}

// XferInfoFunc watches a transfer (curl_xferinfo_callback): called often while data flows and about once a second when
// nothing does. An error ends the transfer; libcurl may go on until its next wait, but calls nothing of yours any more.
type XferInfoFunc func(p Progress) error

// ProgressFunc is the forerunner of [XferInfoFunc], with counts as floating point numbers (curl_progress_callback).
type ProgressFunc func(dltotal, dlnow, ultotal, ulnow float64) error

// DebugFunc receives what CURLOPT_VERBOSE makes libcurl tell (curl_debug_callback): remarks, headers, and all data in
// both directions, passwords included. The bytes are valid during the call only.
type DebugFunc func(kind DebugKind, data []byte)
