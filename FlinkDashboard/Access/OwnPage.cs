namespace FlinkDashboard.Access;

/// <summary>Whether a request comes from a page of this dashboard: for what other sites' pages must not be able to send.</summary>
public static class OwnPage
{
    /// <summary>The browser says that a page of this address sent it. A client that is no browser says nothing, and passes: nobody can make it send what it would not.</summary>
    public static bool Sent(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site == "same-origin";
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
