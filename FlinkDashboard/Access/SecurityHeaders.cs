using System.Security.Cryptography;

namespace FlinkDashboard.Access;

/// <summary>
/// Headers that keep the pages from being framed, sniffed or made to run foreign scripts. Styles may stand in the markup: the component library writes
/// its theme that way. The import map is the one inline script and carries a nonce.
/// </summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>Where the page finds the nonce in <see cref="HttpContext.Items"/>.</summary>
    public const string NonceItem = "csp-nonce";

    /// <summary>Passes on.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Items[NonceItem] = nonce;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return next(context);
    }
}
