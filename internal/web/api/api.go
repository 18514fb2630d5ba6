// Package api is the addresses for programs: a case filed and read as JSON, by somebody
// who is signed in and may do so. The answers are those of the codebook, under the names
// that fields have in a form: "14", "insats.1.118".
package api

import (
	"bytes"
	"net/http"
	"strconv"

	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/web/visit"
)

// OpenCase files a case.
func OpenCase(v *visit.Visit) error {
	sent := bytes.NewBuffer(make([]byte, 0, 2048))
	_, err := sent.ReadFrom(v.R.Body)
	in, ok := readCase(sent.Bytes())
	if err != nil || !ok {
		return fault.New(fault.Usage, "api.bad_json") // the cause quotes what was sent
	}
	id, err := v.App.OpenCase(v.R.Context(), v.By(), in)
	if err != nil {
		return err
	}
	v.W.Header().Set("Content-Type", "application/json; charset=utf-8")
	v.W.WriteHeader(http.StatusCreated)
	_, err = v.W.Write(append(record.AppendText([]byte(`{"id":`), id), "}\n"...))
	return err
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
