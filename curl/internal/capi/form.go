package capi

import "encoding/binary"

// Tags of the records of a form, as form.h numbers them.
const (
	formPart byte = iota
	formName
	formFileName
	formType
	formEncoder
	formHeaders
	formData
	formFile
	formSource
	formDown
	formUp
)

// FormWriter writes the description of a MIME tree down, part after part, each followed by what it has. form.h has the
// layout. Strings hold no NUL.
type FormWriter struct{ b []byte }

func (w *FormWriter) record(tag byte, n int) {
	w.b = append(w.b, tag)
	w.b = binary.NativeEndian.AppendUint64(w.b, uint64(n))
}

func (w *FormWriter) text(tag byte, s string) {
	w.record(tag, len(s))
	w.b = append(append(w.b, s...), 0)
}

// Part begins a part.
func (w *FormWriter) Part() { w.text(formPart, "") }

// Name is that of the form's field.
func (w *FormWriter) Name(s string) { w.text(formName, s) }

// FileName is the one that the receiver is told.
func (w *FormWriter) FileName(s string) { w.text(formFileName, s) }

// Type is the media type.
func (w *FormWriter) Type(s string) { w.text(formType, s) }

// Encoder is libcurl's name of a transfer encoding.
func (w *FormWriter) Encoder(s string) { w.text(formEncoder, s) }

// Headers are more header lines.
func (w *FormWriter) Headers(lines []string) {
	n := 0
	for _, line := range lines {
		n += len(line) + 1
	}
	w.record(formHeaders, n)
	for _, line := range lines {
		w.b = append(append(w.b, line...), 0)
	}
	w.b = append(w.b, 0)
}

// Text is content in memory.
func (w *FormWriter) Text(s string) { w.text(formData, s) }

// Data is content in memory.
func (w *FormWriter) Data(p []byte) {
	w.record(formData, len(p))
	w.b = append(append(w.b, p...), 0)
}

// File is content that libcurl reads from a file.
func (w *FormWriter) File(path string) { w.text(formFile, path) }

// Source is content that the hook reads; sources are numbered from 0 on. size is -1 when it is unknown.
func (w *FormWriter) Source(size int64, rewindable bool) {
	w.record(formSource, 16)
	w.b = binary.NativeEndian.AppendUint64(w.b, uint64(size))
	flag := uint64(0)
	if rewindable {
		flag = 1
	}
	w.b = binary.NativeEndian.AppendUint64(w.b, flag)
	w.b = append(w.b, 0)
}

// Down says that the content is the parts that follow, up to Up.
func (w *FormWriter) Down() { w.text(formDown, "") }

// Up ends the parts of a part.
func (w *FormWriter) Up() { w.text(formUp, "") }
