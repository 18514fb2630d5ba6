package nation

import (
	"time"

	"foljsam/internal/web/visit"
)

// BeginPage asks an administrator for the nation's register.
type BeginPage struct {
	Owner string
	Title string
	Has   bool
	Lines []Line
}

// Begin asks whether this installation is to have the nation's register.
func Begin(v *visit.Visit) error { return showBegin(v, "", "", nil) }

func showBegin(v *visit.Visit, name, controller string, wrong map[string]string) error {
	if err := v.App.MayBeginNation(v.R.Context(), v.By()); err != nil {
		return err
	}
	p := v.Text
	x := BeginPage{Owner: v.Owner(), Title: p.T("nation.begin"), Has: v.App.HasNation(v.R.Context())}
	x.Lines = []Line{lineOf(p, "register", name, wrong), lineOf(p, "ansvarig", controller, wrong)}
	f := asks(v, x.Title, x.Lines...)
	f.Address = BeginAddress
	done(v, &f, "riket")
	return v.Show("nation-begin.html", f, x)
}

// MakeNation makes the nation's register.
func MakeNation(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	wrong := map[string]string{}
	err = v.App.BeginNation(v.R.Context(), v.By(), posted.Get("register"), posted.Get("ansvarig"))
	if at(v.Text, err, wrong, map[string]string{"place.register_name": "register", "people.unit_name_long": "register"}) {
		return showBegin(v, posted.Get("register"), posted.Get("ansvarig"), wrong)
	}
	if err != nil {
		return err
	}
	return v.Redirect(BeginAddress + "?klart=riket")
}

func timeIn(text string) time.Time {
	t, _ := time.Parse(time.RFC3339Nano, text) // zero: no role began then
	return t
}
