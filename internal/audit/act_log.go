package audit

// What was done with the log itself, and with backups.
const (
	BackedUp Act = "tog_sakerhetskopia"
	Restored Act = "aterstallde_sakerhetskopia" // About says when the backup was taken
	Proved   Act = "provade_register"
	Sampled  Act = "granskade_logg"  // took a sample of the log; the sample is kept with the check
	Marked   Act = "bedomde_loggrad" // said of a line that it is ordinary, or to be asked about
	SawLog   Act = "sag_logg"
	Bound    Act = "band_tabeller"  // the sums of tables that a write changed which left no line of its own
	SawCodes Act = "sag_koduppslag" // saw which codes were looked up, by whom
)
