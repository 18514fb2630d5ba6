// Package api is the addresses for programs: a case filed and read as JSON, by somebody
// who is signed in and may do so. The answers are those of the codebook, under the names
// that fields have in a form: "14", "insats.1.118".
package api

import (
	"encoding/json"
	"net/http"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/web/visit"
)

// caseIn is a case as it is sent in.
type caseIn struct {
	Unit    string            `json:"enhet"`
	Case    string            `json:"arende"` // local code
	Client  string            `json:"klient"` // local code
	Answers map[string]string `json:"svar"`
}

// OpenCase files a case.
func OpenCase(v *visit.Visit) error {
	var in caseIn
	d := json.NewDecoder(v.R.Body)
	d.DisallowUnknownFields()
	if d.Decode(&in) != nil {
		return fault.New(fault.Usage, "api.bad_json") // the cause quotes what was sent
	}
	answers := make(map[string]record.Answer, len(in.Answers))
	for field, value := range in.Answers {
		answers[field] = record.Answer{Value: value}
	}
	id, err := v.App.OpenCase(v.R.Context(), v.By(), app.NewCase{Unit: in.Unit, Case: in.Case, Client: in.Client, Answers: answers})
	if err != nil {
		return err
	}
	return v.JSON(http.StatusCreated, map[string]string{"id": id})
}

// Case gives a case: {"id":…,"enhet":…,"arende":…,"klient":…,"version":n,"svar":{…},"lage":{…},
// "kommentar":{…}}. "svar" is what OpenCase takes; "lage" tells of a question that does not
// concern the case or cannot be answered, and of the rows.
func Case(v *visit.Visit) error {
	c, err := v.App.Plain(v.R.Context(), v.By(), v.R.PathValue("id"))
	if err != nil {
		return err
	}
	b := make([]byte, 0, 2048)
	for _, x := range [...]struct{ name, value string }{
		{`{"id":`, c.Filed.ID}, {`,"enhet":`, c.Filed.Unit}, {`,"arende":`, c.CaseCode}, {`,"klient":`, c.ClientCode},
	} {
		b = record.AppendText(append(b, x.name...), x.value)
	}
	b = strconv.AppendInt(append(b, `,"version":`...), int64(c.Filed.Form.Version), 10)
	b = c.Filed.Form.AppendParts(b, `,"svar":`, `,"lage":`, `,"kommentar":`)
	v.W.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, err = v.W.Write(append(b, '}', '\n'))
	return err
}

// unitOut is a unit where the one who asks may file cases.
type unitOut struct {
	ID   string `json:"id"`
	Name string `json:"namn"`
}

// Units gives the units where cases can be filed.
func Units(v *visit.Visit) error {
	units, err := v.App.Units(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	all := make([]unitOut, len(units))
	for i, u := range units {
		all[i] = unitOut{u.ID, u.Name}
	}
	return v.JSON(http.StatusOK, all)
}
