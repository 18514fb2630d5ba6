package visit

import (
	"foljsam/internal/access"
	"foljsam/internal/web/page"
)

// Tell says on a page what somebody else did of late with how the person signs in: they may be
// the only one who knows that they did not ask for it; and that the last coordinator's login is
// to be ended, to all who work in the register. It stands for as long as coordinators
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
	ends, err := v.App.AnnouncedEnds(v.R.Context(), v.By())
	for _, x := range ends {
		said("trust.end_told", "vem", x.By, "person", x.Name, "dag", v.Date(x.From), "tid", v.Clock(x.From))
		if v.By().May(access.Approve) || v.By().May(access.GrantCase) {
			f.Messages[len(f.Messages)-1].Link = &page.Link{Address: "/hantera/forslag", Text: v.Text.T("trust.end_see")}
		}
	}
	switch {
	case h.Code.IsZero():
	case h.ConfirmedBy != "":
		said("trust.code_confirmed", "vem", h.CodeBy, "av", h.ConfirmedBy, "dag", v.Date(h.Code), "tid", v.Clock(h.Code))
	default:
		said("trust.code_by", "vem", h.CodeBy, "dag", v.Date(h.Code), "tid", v.Clock(h.Code))
	}
	return err
}
