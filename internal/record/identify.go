package record

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A Finding is a stretch of a text, by bytes, that looks as if it told who somebody is or
// where somebody lives. It is a reason to warn, never to refuse.
type Finding struct {
	Sort       Sort
	From, Till int
}

// Sort says what a finding looks like.
type Sort string

const (
	PersonalNumber     Sort = "personnummer"
	CoordinationNumber Sort = "samordningsnummer"
	TemporaryNumber    Sort = "tillfalligt" // a personal number with a letter where there is none yet
	CompanyNumber      Sort = "organisationsnummer"
	Telephone          Sort = "telefon"
	Mail               Sort = "epost"
	Address            Sort = "adress"
)

// The forms, each with what stands before it so that none begins inside a word or number.
var (
	numberForm = regexp.MustCompile(`(?:^|[^\d])((?:1[6-9]|20)?\d{6}[ \x{a0}]?[-+–−]?[ \x{a0}]?\d{4}|(?:1[89]|20)?\d{2}-\d{2}-\d{2}[-+]\d{4})`)
	letterForm = regexp.MustCompile(`(?i)(?:^|[^\d])((?:1[89]|20)?\d{6}[-+ ]?[TRSUWXJKLMN]\d{3})`)
	mailForm   = regexp.MustCompile(`(?i)[\pL\d._%+-]+@[\pL\d-]+(?:\.[\pL\d-]+)*\.\pL{2,}`)
	abroadForm = regexp.MustCompile(`(?:^|[^\d])((?:\+|00)[1-9](?:[ ()\x{a0}-]{0,2}\d){6,13})`)
	homeForm   = regexp.MustCompile(`(?:^|[^\d+-])((?:08|0[1-9]\d{1,2})[-/ \x{a0}]{0,3}[1-9]\d(?:[ \x{a0}-]?\d){3,6})`)
	streetForm = regexp.MustCompile(`(?:^|[^\pL])(\p{Lu}[\pL-]*(?:[ \x{a0}]\p{Lu}\pL+)?[ \x{a0}]?(?i:gatan|gata|vägen|väg|gränd|gränden|stigen|stig|torget|torg|allén|allé|backen|backe|kajen|leden|stråket|plan)[ \x{a0}]\d{1,4}(?:[ \x{a0}]?[A-Za-z])?)(?:[^\pL\d]|$)`)
	postForm   = regexp.MustCompile(`(?:^|[^\d\pL])([1-9]\d{2}[ \x{a0}]\d{2}[ \x{a0}]{1,2}\p{Lu}\p{Ll}+)`)
	careForm   = regexp.MustCompile(`(?i)(?:^|[^\pL])(c/o[ \x{a0}]+\pL+|box[ \x{a0}]\d{1,5})`)
)

// Identifying finds what looks like a personal number, coordination number, temporary
// number or company's number with the right check digit, a telephone number, an e-mail
// address or a street address. Dates, ages, sums and codes of cases are none of these.
func Identifying(text string) []Finding {
	var all []Finding
	add := func(form *regexp.Regexp, sort func(found string) Sort) {
		for _, at := range form.FindAllStringSubmatchIndex(text, -1) {
			from, till := at[len(at)-2], at[len(at)-1]
			if s := sort(text[from:till]); s != "" && !runsOn(text, till) && !overlaps(all, from, till) {
				all = append(all, Finding{s, from, till})
			}
		}
	}
	always := func(s Sort) func(string) Sort { return func(string) Sort { return s } }
	digits := countDigits(text)
	if digits >= 9 {
		add(numberForm, sortOfNumber)
		add(letterForm, sortOfLetter)
	}
	if strings.IndexByte(text, '@') > 0 {
		add(mailForm, always(Mail))
	}
	if digits >= 7 {
		add(abroadForm, always(Telephone))
		add(homeForm, sortOfHome)
	}
	if strings.ContainsAny(text, " \u00a0") {
		add(streetForm, always(Address))
		add(postForm, always(Address))
		add(careForm, always(Address))
	}
	return all
}

func countDigits(text string) (n int) {
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			n++
		}
	}
	return n
}

// runsOn tells whether a number goes on after what was found: then it is another number.
func runsOn(text string, at int) bool {
	rest := text[at:]
	digit := func(i int) bool { return len(rest) > i && rest[i] >= '0' && rest[i] <= '9' }
	return at > 0 && text[at-1] >= '0' && text[at-1] <= '9' && (digit(0) || strings.HasPrefix(rest, "-") && digit(1))
}

func overlaps(all []Finding, from, till int) bool {
	for _, f := range all {
		if from < f.Till && f.From < till {
			return true
		}
	}
	return false
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// sortOfNumber tells which number ten or twelve digits are: the days of a coordination
// number are counted from 60 (Skatteverket, SKV 707), and the third digit of a company's
// is 2 or more (SKV 709).
func sortOfNumber(found string) Sort {
	digits := digitsOf(found)
	ten := digits[len(digits)-10:]
	if !checkDigit(ten) {
		return ""
	}
	century := digits[:len(digits)-10]
	day, _ := strconv.Atoi(ten[4:6])
	switch {
	case isDay(century, ten[:6]):
		return PersonalNumber
	case day > 60 && isDay(century, ten[:4]+pad(day-60)):
		return CoordinationNumber
	case ten[2] >= '2' && ten[0] != '0' && (century == "" || century == "16"):
		return CompanyNumber
	}
	return ""
}

func sortOfLetter(found string) Sort {
	digits := digitsOf(found)
	born := digits[len(digits)-9 : len(digits)-3]
	if isDay(digits[:len(digits)-9], born) {
		return TemporaryNumber
	}
	return ""
}

// sortOfHome: eight to ten digits, and not the 020 that everybody may call.
func sortOfHome(found string) Sort {
	digits := digitsOf(found)
	if len(digits) < 8 || len(digits) > 10 || strings.HasPrefix(digits, "020") {
		return ""
	}
	return Telephone
}

func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// isDay tells whether six digits are a day of some century, or of the one given.
func isDay(century, six string) bool {
	if century == "" {
		return isDay("19", six) || isDay("20", six)
	}
	_, err := time.Parse("20060102", century+six)
	return err == nil
}

// checkDigit tells whether the tenth digit is the one that the nine before give: each
// doubled or not in turn, the sums of digits, up to the next ten (SKV 707; the Luhn
// formula, ISO/IEC 7812-1 annex B).
func checkDigit(ten string) bool {
	sum := 0
	for i, c := range []byte(ten) {
		n := int(c - '0')
		if i%2 == 0 {
			n *= 2
		}
		sum += n/10 + n%10
	}
	return sum%10 == 0
}
