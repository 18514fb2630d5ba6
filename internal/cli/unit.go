package cli

import (
	"fmt"
	"net"
	"strconv"
	"strings"

	"foljsam/internal/fault"
)

const unitDescription = "Följsam, register för systematisk uppföljning"

// Where the service has its files on Linux. The system makes the folders, for the service's
// own user.
const (
	unitData = "/var/lib/foljsam"
	unitKeys = "/var/lib/foljsam-nycklar/foljsam"
	unitLog  = "/var/log/foljsam/foljsam.log"
	unitCopy = "/var/lib/foljsam-kopior"
)

// unitCredential is what systemd calls the keys, where it keeps them.
const unitCredential = "foljsam-nycklar"

// unitText is the unit of systemd. It may write in its own three folders and nowhere else,
// see no one else's files or processes, and become nobody else. %s: what is read for it, the
// command, what the port takes, and its folders.
const unitText = `# Skriven av: foljsam service install
[Unit]
Description=` + unitDescription + `
After=network-online.target
Wants=network-online.target

[Service]
Type=exec
%[1]sExecStart=%[2]s
# Adressen till PostgreSQL, om sådan används: FOLJSAM_DATABASE=…
EnvironmentFile=-/etc/foljsam/miljo
Restart=on-failure
RestartSec=5
TimeoutStopSec=30

# Egen användare. Finns en vanlig användare som heter så används den.
DynamicUser=yes
User=foljsam
Group=foljsam
UMask=0077

# De enda mapparna som går att skriva i.
StateDirectory=foljsam%[4]s
StateDirectoryMode=0700
LogsDirectory=foljsam
LogsDirectoryMode=0700
WorkingDirectory=` + unitData + `
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectProc=invisible
ProcSubset=pid

# Inget mer än det som behövs.
NoNewPrivileges=yes
%[3]sProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RemoveIPC=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM

# Ingen minnesbild på disken: där finns nycklarna.
LimitCORE=0
LimitNOFILE=65536

[Install]
WantedBy=multi-user.target
`

// What a port below 1024 takes, and what any other does not need.
const (
	lowPort  = "CapabilityBoundingSet=CAP_NET_BIND_SERVICE\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n"
	highPort = "CapabilityBoundingSet=\nAmbientCapabilities=\nPrivateUsers=yes\n"
)

// unit writes the unit. The certificate, its key and, where they are a credential, the
// register's keys are read by the system, which may, and are seen by nobody else.
func (c *served) unit(program string) (string, error) {
	at := places{data: unitData, keys: unitKeys, log: unitLog, backups: unitCopy}
	loaded, folders := "", " foljsam-nycklar"
	if c.Cert != "" {
		at.cert, at.certKey = credentials+"cert.pem", credentials+"cert-key.pem"
		loaded = fmt.Sprintf("LoadCredential=cert.pem:%s\nLoadCredential=cert-key.pem:%s\n", absolute(c.Cert), absolute(c.CertKey))
	}
	if c.KeysCredential != "" {
		at.keys, folders = "systemd:"+unitCredential, ""
		loaded += fmt.Sprintf("LoadCredentialEncrypted=%s:%s\n", unitCredential, absolute(c.KeysCredential))
	}
	if len(c.BackupTo) > 0 {
		folders += " foljsam-kopior"
	}
	words := []string{quoted(program)}
	for _, w := range c.arguments(at) {
		words = append(words, quoted(w))
	}
	if strings.ContainsAny(program+c.Cert+c.CertKey+c.KeysCredential+c.Public, "\n\r{}") {
		return "", fault.New(fault.Usage, "cli.service_path")
	}
	return fmt.Sprintf(unitText, loaded, strings.Join(words, " "), capabilities(c.Listen), folders), nil
}

// credentials is where the service finds what systemd read for it.
const credentials = "${CREDENTIALS_DIRECTORY}/"

// quoted writes a word as systemd reads it.
func quoted(w string) string {
	own := strings.HasPrefix(w, credentials)
	w = strings.NewReplacer(`\`, `\\`, `"`, `\"`, `%`, `%%`).Replace(w)
	if !own {
		w = strings.ReplaceAll(w, "$", "$$")
	}
	if strings.ContainsAny(w, " \t'\"\\;") {
		return `"` + w + `"`
	}
	return w
}

func capabilities(listen string) string {
	_, port, _ := net.SplitHostPort(orElse(listen, listenAt))
	if n, err := strconv.Atoi(port); err == nil && n > 0 && n < 1024 {
		return lowPort
	}
	return highPort
}

// String writes machines as they are read.
func (m machines) String() string {
	var all []string
	for _, p := range m {
		all = append(all, p.String())
	}
	return strings.Join(all, ",")
}
