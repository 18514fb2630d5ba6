package exchange

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
)

// Meta is what a package says of itself.
type Meta struct {
	ID, Name, Title string
	Created         time.Time // when the data was read
	Register        string    // the sending register
	From, Till      record.Day
	Coverage        int  // 1-4; 0 not stated
	Scope           int  // 1-3; 0 not stated
	Caseworkers     bool // with the caseworkers' pseudonyms; never in a national package
	Synthetic       bool // no row describes a person
	Local           []LocalField
	Texts           []FreeText      // only where the coordinator asked for it
	Proof           json.RawMessage // where the register's log ended, signed; nil: not stated
}

// FreeText is something that a person wrote in a case, under the case's pseudonym.
type FreeText struct {
	Case, Variable, Text string
}

// LocalField is a local variable in a package.
type LocalField struct {
	Name, Title string
	Type        string // the schema's type; empty: string
	Categories  []Category
	Span        *[2]int // of whole numbers: the least and the greatest
}

// LocalFieldsOf describes a register's local variables, retired ones too. What somebody wrote
// is none: free text does not leave in this file.
func LocalFieldsOf(cb *codebook.Codebook) (all []LocalField) {
	for _, v := range slices.Concat(cb.Local, cb.Retired) {
		f := LocalField{Name: v.Column, Title: v.Label.In(locale.Swedish)}
		switch v.Kind {
		case codebook.Free:
			continue
		case codebook.Many:
			f.Type = "list"
		case codebook.One:
			f.Type = "integer"
		case codebook.Date:
			f.Type = "date"
		case codebook.Number:
			if f.Type = "number"; !v.Decimals {
				f.Type, f.Span = "integer", &[2]int{v.Min, v.Max}
			}
		}
		for _, c := range v.Codes {
			f.Categories = append(f.Categories, Category{c.Code, c.Label.In(locale.Swedish)})
		}
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b LocalField) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Category is an answer of a list.
type Category struct {
	Value any    `json:"value"` // a text or a whole number
	Label string `json:"label"`
}

// The shapes of datapackage.json, in the order in which they are written.
type (
	packageJSON struct {
		Schema    string          `json:"$schema"`
		ID        string          `json:"id,omitempty"`
		Name      string          `json:"name,omitempty"`
		Title     string          `json:"title,omitempty"`
		Created   string          `json:"created,omitempty"`
		Register  string          `json:"register,omitempty"`
		Period    *periodJSON     `json:"period,omitempty"`
		Codebook  codebookJSON    `json:"kodbok"`
		Coverage  int             `json:"tackning,omitempty"`
		Scope     int             `json:"omfattning,omitempty"`
		Synthetic bool            `json:"syntetisk,omitempty"`
		Proof     json.RawMessage `json:"logg,omitempty"`
		Resources []resourceJSON  `json:"resources"`
	}
	periodJSON struct {
		From string `json:"from"`
		Till string `json:"till"`
	}
	codebookJSON struct {
		ID      string `json:"id"`
		Version string `json:"version"`
	}
	resourceJSON struct {
		Name      string     `json:"name"`
		Path      string     `json:"path"`
		Type      string     `json:"type"`
		Format    string     `json:"format"`
		MediaType string     `json:"mediatype"`
		Encoding  string     `json:"encoding"`
		Schema    schemaJSON `json:"schema"`
	}
	schemaJSON struct {
		Schema        string           `json:"$schema"`
		Fields        []fieldJSON      `json:"fields"`
		MissingValues []string         `json:"missingValues"`
		PrimaryKey    []string         `json:"primaryKey,omitempty"`
		ForeignKeys   []foreignKeyJSON `json:"foreignKeys,omitempty"`
	}
	foreignKeyJSON struct {
		Fields    []string `json:"fields"`
		Reference struct {
			Resource string   `json:"resource"`
			Fields   []string `json:"fields"`
		} `json:"reference"`
	}
	fieldJSON struct {
		Name        string           `json:"name"`
		Title       string           `json:"title,omitempty"`
		Type        string           `json:"type"`
		Delimiter   string           `json:"delimiter,omitempty"`
		ItemType    string           `json:"itemType,omitempty"`
		Categories  []Category       `json:"categories,omitempty"`
		Constraints *constraintsJSON `json:"constraints,omitempty"`
	}
	constraintsJSON struct {
		Required bool   `json:"required,omitempty"`
		Unique   bool   `json:"unique,omitempty"`
		Pattern  string `json:"pattern,omitempty"`
		Minimum  *int   `json:"minimum,omitempty"`
		Maximum  *int   `json:"maximum,omitempty"`
	}
)

const profile = "https://datapackage.org/profiles/2.0/"

// describePackage makes datapackage.json. The labels are Swedish: they are the format's.
func describePackage(m Meta, cb *codebook.Codebook, tables []tableColumns) ([]byte, error) {
	p := packageJSON{
		Schema: profile + "datapackage.json", ID: m.ID, Name: m.Name, Title: m.Title, Register: m.Register,
		Codebook: codebookJSON{cb.ID, cb.Version}, Coverage: m.Coverage, Scope: m.Scope, Synthetic: m.Synthetic, Proof: m.Proof,
	}
	if !m.Created.IsZero() {
		p.Created = m.Created.UTC().Format(time.RFC3339)
	}
	if m.From != m.Till {
		p.Period = &periodJSON{m.From.String(), m.Till.String()}
	}
	for _, t := range tables {
		p.Resources = append(p.Resources, describeTable(t, m))
	}
	b, err := json.MarshalIndent(p, "", " ")
	return append(b, '\n'), err
}

func describeTable(t tableColumns, m Meta) resourceJSON {
	name := strings.TrimSuffix(t.file, ".csv")
	r := resourceJSON{Name: name, Path: t.file, Type: "table", Format: "csv", MediaType: "text/csv", Encoding: "utf-8",
		Schema: schemaJSON{Schema: profile + "tableschema.json", MissingValues: []string{""}}}
	for _, c := range t.columns {
		r.Schema.Fields = append(r.Schema.Fields, describeColumn(c, t.file == casesFile))
	}
	if t.file == casesFile {
		r.Schema.PrimaryKey = []string{caseColumn}
		return r
	}
	key := foreignKeyJSON{Fields: []string{caseColumn}}
	key.Reference.Resource, key.Reference.Fields = strings.TrimSuffix(casesFile, ".csv"), []string{caseColumn}
	r.Schema.ForeignKeys = []foreignKeyJSON{key}
	if t.file == localFile {
		for _, f := range m.Local {
			r.Schema.Fields = append(r.Schema.Fields, describeLocal(f))
		}
	}
	return r
}

func describeLocal(f LocalField) fieldJSON {
	if f.Type == "" {
		f.Type = "string"
	}
	x := fieldJSON{Name: f.Name, Title: f.Title, Type: f.Type, Categories: f.Categories}
	if f.Type == "list" {
		x.Delimiter, x.ItemType = codebook.ListDelimiter, "integer"
	}
	if f.Span != nil {
		x.Constraints = &constraintsJSON{Minimum: &f.Span[0], Maximum: &f.Span[1]}
	}
	return x
}

func describeColumn(c column, ofCase bool) fieldJSON {
	f := fieldJSON{Name: c.name, Type: "string"}
	if c.required {
		f.Constraints = &constraintsJSON{Required: true, Unique: ofCase && c.use == pickID}
	}
	if c.v != nil {
		f.Title = c.v.Label.In(locale.Swedish)
		describeKind(&f, c.v)
	}
	return f
}

func describeKind(f *fieldJSON, v *codebook.Variable) {
	switch v.Kind {
	case codebook.Date:
		f.Type = "date"
	case codebook.Place:
		f.Constraints.Pattern = "[0-9]{4}([0-9]{2})?"
	case codebook.Number:
		f.Type = "number"
		if !v.Decimals {
			f.Type, f.Constraints = "integer", &constraintsJSON{Minimum: &v.Min, Maximum: &v.Max}
		}
	case codebook.Many:
		f.Type, f.Delimiter, f.ItemType, f.Categories = "list", codebook.ListDelimiter, "integer", categories(v)
	case codebook.One:
		f.Categories = categories(v)
		if _, word := f.Categories[0].Value.(string); !word {
			f.Type = "integer"
		}
	}
}

func categories(v *codebook.Variable) (all []Category) {
	codes := v.Codes
	if v.Noted != nil {
		codes = append([]codebook.Code{*v.Noted}, codes...)
	}
	for _, c := range codes {
		value := any(c.Code)
		if c.ID != "" {
			value = c.ID
		}
		all = append(all, Category{value, c.Label.In(locale.Swedish)})
	}
	return all
}
