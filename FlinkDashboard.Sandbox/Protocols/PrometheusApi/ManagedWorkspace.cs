using System.Security.Cryptography;
using System.Text.Json;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi;

/// <summary>
/// The gateway before a workspace of Amazon Managed Service for Prometheus: signatures (service <c>aps</c>), rights, and how many calls a second
/// it lets through. Its refusals are no Prometheus envelopes.
/// </summary>
/// <param name="time">Real time, which signatures are made with.</param>
internal sealed class ManagedWorkspace(TimeProvider time)
{
    /// <summary>The only workspace.</summary>
    public const string Id = "ws-5a9db0c5-0000-4000-8000-000000000001";

    private const int MaxBody = 1 << 20;
    private const double QueriesPerSecond = 300;
    private const double OthersPerSecond = 10;
    private readonly CallRate _queries = new(QueriesPerSecond, time);
    private readonly CallRate _others = new(OthersPerSecond, time);

    private static readonly Dictionary<string, string> Actions = new()
    {
        ["query"] = "QueryMetrics",
        ["query_range"] = "QueryMetrics",
        ["series"] = "GetSeries",
        ["labels"] = "GetLabels",
        ["metadata"] = "GetMetricMetadata",
        ["rules"] = "ListRules",
        ["alerts"] = "ListAlerts",
    };

    /// <summary>Judges a request.</summary>
    /// <returns>What it asks of the API; null when it was refused and answered.</returns>
    public async Task<string?> AdmitAsync(HttpContext context, string path)
    {
        context.Response.Headers["x-amzn-RequestId"] = new Guid(RandomNumberGenerator.GetBytes(16)).ToString();
        var prefix = $"/workspaces/{Id}/api/v1/";
        try
        {
            var key = await KeyAsync(context.Request).ConfigureAwait(false);
            if (!path.StartsWith(prefix, StringComparison.Ordinal))
                return await RefuseAsync(context, 404, "ResourceNotFoundException", "Workspace not found").ConfigureAwait(false);
            var name = path[prefix.Length..];
            var action = name.StartsWith("label/", StringComparison.Ordinal) ? "GetLabels" : Actions.GetValueOrDefault(name);
            if (action is not null && !key.MayRead)
                return await RefuseAsync(context, 403, "AccessDeniedException", $"User: {key.Arn} is not authorized to perform: aps:{action} on resource: arn:aws:aps:{AwsAccount.Region}:{AwsAccount.Id}:workspace/{Id} because no identity-based policy allows the aps:{action} action").ConfigureAwait(false);
            return (action == "QueryMetrics" ? _queries : _others).Take() ? name : await RefuseAsync(context, 429, "ThrottlingException", "Rate exceeded").ConfigureAwait(false);
        }
        catch (SignatureException e)
        {
            return await RefuseAsync(context, 403, e.Fault == SignatureFault.Missing ? "MissingAuthenticationTokenException" : "InvalidSignatureException", Words(e)).ConfigureAwait(false);
        }
    }

    private async Task<AwsKey> KeyAsync(HttpRequest request)
    {
        if (request.ContentLength > MaxBody)
            throw new SignatureException(SignatureFault.Malformed);
        // The form is read again by who answers.
        request.EnableBuffering();
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted).ConfigureAwait(false);
        request.Body.Position = 0;
        return SignedRequest.Verify(request, "aps", time.GetUtcNow(), SigV4.Hash(body.ToArray())).Key;
    }

    private static async Task<string?> RefuseAsync(HttpContext context, int status, string type, string message)
    {
        context.Response.Headers["x-amzn-ErrorType"] = type;
        await Answers.WriteAsync(context, status, "application/json", JsonSerializer.Serialize(new Dictionary<string, string> { ["message"] = message })).ConfigureAwait(false);
        return null;
    }

    private static string Words(SignatureException e) => e.Fault switch
    {
        SignatureFault.Missing => "Missing Authentication Token",
        SignatureFault.UnknownKey => "The security token included in the request is invalid.",
        SignatureFault.WrongRegion => $"Credential should be scoped to a valid region, not '{e.Detail}'. ",
        SignatureFault.WrongService => "Credential should be scoped to correct service: 'aps'. ",
        SignatureFault.Skewed => $"Signature expired or not yet current: {e.Detail}",
        SignatureFault.Mismatch => "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
        _ => "Authorization header requires 'Credential', 'Signature' and 'SignedHeaders' parameters.",
    };
}
