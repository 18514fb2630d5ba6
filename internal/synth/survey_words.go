package synth

// Words is what a synthetic client has written, and the words that staff have put on it.
type Words struct {
	Text string
	Tags []string
}

// What clients write is made up: no line is anybody's. It is kept apart from the plan, since
// no figure is made of it.
var praised = []Words{
	{"Att bli lyssnad på och trodd.", []string{"bemötande"}},
	{"Samtalen. Jag sover bättre nu.", []string{"samtal"}},
	{"Att någon följde med till rätten.", []string{"rättegång", "praktiskt stöd"}},
	{"Boendet gav mig lugn att tänka.", []string{"boende"}},
	{"Hjälpen med blanketter och myndigheter.", []string{"praktiskt stöd"}},
	{"I was never rushed. She explained everything twice.", []string{"bemötande"}},
	{"شكراً، شعرت بالأمان هنا.", []string{"trygghet"}},
}

var proposed = []Words{
	{"Fler tider på kvällen. Jag kan inte gå från jobbet utan att någon frågar.", []string{"tillgänglighet"}},
	{"Hjälp att hitta en bostad i en annan kommun.", []string{"boende"}},
	{"Att stödet fick vara längre. Det tog slut precis när det blev lugnt.", []string{"längre stöd"}},
	{"En och samma person hela vägen.", []string{"bemötande"}},
	{"Någon som pratar mitt språk från början.", []string{"tolk"}},
	{"Att barnen också får prata med någon.", []string{"barn"}},
	{"Inga förslag. Tack.", nil},
	{"Waxaan jeclaan lahaa inaan turjubaan isku mid ah helo.", []string{"tolk"}},
}

// Praised and Proposed give what the synthetic client of a number has written.
func Praised(nr int) Words  { return praised[nr%len(praised)] }
func Proposed(nr int) Words { return proposed[nr%len(proposed)] }
