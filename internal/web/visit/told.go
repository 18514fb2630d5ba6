package visit

import "foljsam/internal/web/page"

// Tell says on a page what somebody else did of late with how the person signs in: they may be
// the only one who knows that they did not ask for it. It stands for as long as coordinators
// see the same, so that whoever came in as the person does not take it away by having seen it.
func (v *Visit) Tell(f *page.Frame) error {
	h, err := v.App.HelpedLately(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	said := func(key string, args ...any) {
		f.Messages = append(f.Messages, page.Message{Kind: page.Warning, Text: v.Text.T(key, args...)})
	}
	if !h.Reset.IsZero() {
		said("trust.reset_by", "vem", h.ResetBy, "dag", v.Date(h.Reset), "tid", v.Clock(h.Reset))
	}
	switch {
	case h.Code.IsZero():
	case h.ConfirmedBy != "":
		said("trust.code_confirmed", "vem", h.CodeBy, "av", h.ConfirmedBy, "dag", v.Date(h.Code), "tid", v.Clock(h.Code))
	default:
		said("trust.code_by", "vem", h.CodeBy, "dag", v.Date(h.Code), "tid", v.Clock(h.Code))
	}
	return nil
}
