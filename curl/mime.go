package curl

import (
	"io"
	"runtime"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
)

// MIME is a form, or a message of several parts: what an HTTP request sends as multipart/form-data, and SMTP and IMAP as a
// mail with attachments. Easy.SetMIME has a handle send it.
//
// It never changes, holds no handle, and may be set on any number of handles at a time from any goroutine; what is read,
// such as files, is read by each transfer anew. The zero MIME has no parts.
//
// https://curl.se/libcurl/c/curl_mime_init.html
type MIME struct {
	_       noCopy
	form    capi.Form // a reference to it, given up when the MIME is collected
	parts   []place   // in the order of the form
	sources []*origin // what Go reads, in the order of the form
	large   bool      // it has 1 MiB or more, or nobody knows
}

// Part is one part of a MIME. Its content is one of Text, Data, File, Reader, Open and Parts; without any it is empty.
//
// The manual pages: https://curl.se/libcurl/c/curl_mime_addpart.html and those of curl_mime_name, _data, _filedata,
// _filename, _type, _encoder, _headers, _data_cb and _subparts.
type Part struct {
	Name     string   // of the form's field
	FileName string   // what the receiver is told; "" is the last element of File, or none
	Type     string   // media type; "" is guessed from the file name, and for Parts multipart/mixed
	Encoding Encoding // how the content is written down; "" as it is
	Headers  []string // more header lines, like "X-Checked: yes"

	Text string
	Data []byte // copied by NewMIME

	// File is the path of a regular file, which libcurl reads by itself, without Go. It must be there for SetMIME, which
	// takes note of its size, and for each transfer.
	File string

	// Reader is read inside callbacks, by the goroutine that waits for the transfer. When it is an io.Seeker, libcurl can
	// send it again: for a redirect, a round of authentication, another transfer, another handle. One that cannot go back
	// is good for one transfer, then the error is ErrNoRewind. It is not closed. Two transfers that read it at
	// the same time get ErrSourceInUse: give them Open.
	//
	// An error of Read ends the transfer and is the cause of its error.
	Reader io.Reader

	// Open is called whenever a transfer begins to read the part, and again when it has to begin anew. What it returns is
	// read like Reader, and closed at its end, or when the transfer is over. The error of Close is of no interest.
	Open func() (io.ReadCloser, error)

	// Size is how much of Reader or Open is sent. Less is io.ErrUnexpectedEOF. 0 is what a Reader with a Len, or one that
	// seeks, says by itself, else unknown; a negative Size is unknown. A form of unknown size is sent in chunks over HTTP/1.1;
	// HTTP/1.0 and servers without an idea of chunks cannot take it.
	Size int64

	Parts []Part
}

// Encoding is how the content of a part is written down for transport.
//
// https://curl.se/libcurl/c/curl_mime_encoder.html
type Encoding string

// The encodings. Of these EncodeBinary and Encode8Bit only say so, and Encode7Bit fails with codes.ReadError at the first byte that is not
// ASCII. Quoted-printable content has no size that is known beforehand.
const (
	EncodeBinary          Encoding = "binary"
	Encode8Bit            Encoding = "8bit"
	Encode7Bit            Encoding = "7bit"
	EncodeBase64          Encoding = "base64"
	EncodeQuotedPrintable Encoding = "quoted-printable"
)

// NewMIME describes a form of these parts. Nothing is opened or read yet, except that readers are asked where they stand.
// What cannot be sent is a *PartError.
func NewMIME(parts ...Part) (*MIME, error) {
	m := &MIME{}
	w := writer{m: m}
	if err := w.parts(parts, nil); err != nil {
		return nil, err
	}
	m.large = w.unknown || w.size >= largeUpload
	m.form = capi.NewForm(&w.form)
	if !m.form.Valid() {
		return m, nil // without cgo, where no handle can be made
	}
	runtime.AddCleanup(m, capi.Form.Drop, m.form)
	return m, nil
}
