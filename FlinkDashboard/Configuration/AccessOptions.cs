namespace FlinkDashboard.Configuration;

/// <summary>How the dashboard learns who is asking.</summary>
public enum AccessMode
{
    /// <summary>No sign-in: everyone who reaches the port acts with the dashboard's own cluster credentials. Loopback only.</summary>
    None,

    /// <summary>A trusted reverse proxy has signed the user in and names them in headers.</summary>
    Header
}

/// <summary>Settings below <c>Access</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>None (loopback only) or Header (behind a reverse proxy that signs users in).</summary>
    public AccessMode Mode { get; set; } = AccessMode.None;

    /// <summary>Header that names the user. Mode Header.</summary>
    public string UserHeader { get; set; } = "X-Forwarded-User";

    /// <summary>Header that lists the user's groups, separated by commas; may repeat. Mode Header.</summary>
    public string GroupsHeader { get; set; } = "X-Forwarded-Groups";

    /// <summary>Put before the user's name when the cluster is asked, as the API server's own sign-in would (for instance <c>oidc:</c>).</summary>
    public string UserPrefix { get; set; } = "";

    /// <summary>Put before each group's name when the cluster is asked.</summary>
    public string GroupPrefix { get; set; } = "";

    /// <summary>Addresses or CIDR ranges of the reverse proxies whose headers are believed. Mode Header.</summary>
    public List<string> TrustedProxies { get; set; } = [];

    /// <summary>Secret that the proxy sends along in <c>Access:SecretHeader</c>; with it any address may be the proxy. Mode Header.</summary>
    public string? SharedSecret { get; set; }

    /// <summary>Header that carries <c>Access:SharedSecret</c>.</summary>
    public string SecretHeader { get; set; } = "X-Dashboard-Secret";
}
