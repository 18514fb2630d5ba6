package visit

// Download sends a file to keep. Its name says nothing about whom it is. That the browser goes
// away meanwhile is no fault.
func (v *Visit) Download(name, kind string, content []byte) error {
	h := v.W.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Cache-Control", "no-store")
	_, _ = v.W.Write(content)
	return nil
}
