package fault

// Severity tells what happened to the value or row that a Problem names.
type Severity int

const (
	Left    Severity = iota // "fel": the row or value was left out
	Warning                 // "varning": kept, but worth a look
)

// Problem is a fault found in data that somebody sent: where, which value, why.
// It is shown to the sender and never logged.
type Problem struct {
	Package  string // last element of the package's path; empty where there is none
	File     string // file in the package, for example "arenden.csv"
	Row      int    // as a spreadsheet shows it: header 1; 0 when a file or package is at fault
	Column   string // column's name; empty when a whole row is at fault
	Value    string // the value as it stood
	Severity Severity
	Key      string // key of the reason in the language files
	Args     []any  // placeholder names and values of the reason, in turn
}
