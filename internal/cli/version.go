package cli

import (
	"runtime"
	"runtime/debug"
	"strings"

	"foljsam/internal/codebook"
)

// versionCommand says which program this is.
type versionCommand struct{}

// Run says it.
func (versionCommand) Run(s *session) error {
	cb := codebook.Default()
	s.line("cli.version", "version", orElse(version(), s.text.T("cli.unreleased")), "go", strings.TrimPrefix(runtime.Version(), "go"), "system", runtime.GOOS+"/"+runtime.GOARCH)
	s.line("cli.version_codebook", "id", cb.ID, "version", cb.Version)
	return nil
}

// version is the release's, when the program was built from one; otherwise empty: what that
// is called is said in the language of whoever reads.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && strings.HasPrefix(info.Main.Version, "v") {
		return info.Main.Version
	}
	return ""
}
