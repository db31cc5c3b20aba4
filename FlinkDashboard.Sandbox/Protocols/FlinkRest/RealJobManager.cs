using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>
/// Sends the REST requests of one application to a real JobManager on this machine, for development and tests of the whole way. Everything else of
/// that application stays the sandbox's: its pods, its status, what the operator sees.
/// </summary>
public sealed class RealJobManager : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });
    private readonly (string Namespace, string Cluster, Uri Address) _target;

    private RealJobManager(string setting) => _target = Parse(setting);

    /// <summary>Makes the application's port 8081 answer from the real one.</summary>
    /// <param name="world">The world.</param>
    /// <param name="setting"><c>NAMESPACE/NAME=http://127.0.0.1:PORT</c>.</param>
    /// <exception cref="ArgumentException">The setting is not of that form, or names another machine.</exception>
    public static RealJobManager Register(SandboxWorld world, string setting)
    {
        var real = new RealJobManager(setting);
        world.Servers.AddBeforeAll(real.AskAsync);
        return real;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static (string, string, Uri) Parse(string setting) =>
        setting.Split('=', 2) is [var name, var address] && name.Split('/') is [{ Length: > 0 } ns, { Length: > 0 } cluster]
        && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { Scheme: "http", IsLoopback: true, AbsolutePath: "/" }
            ? (ns, cluster, uri)
            : throw new ArgumentException($"\"{setting}\" is not NAMESPACE/NAME=http://127.0.0.1:PORT.", nameof(setting));

    private async Task<PodResponse?> AskAsync(PodRequest request, CancellationToken cancel)
    {
        if (request.Port != FlinkRestServer.Port || request.Pod.Namespace != _target.Namespace || request.Pod.Labels.GetValueOrDefault("component") != "jobmanager" || request.Pod.Labels.GetValueOrDefault("app") != _target.Cluster)
            return null;
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(_target.Address, request.Path + request.Query));
        try
        {
            using var answer = await _client.SendAsync(message, cancel).ConfigureAwait(false);
            return new PodResponse((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString() ?? "text/plain", await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false));
        }
        catch (HttpRequestException e)
        {
            // As from a JobManager that is there but not well; the sandbox's own must not answer in its place.
            return FlinkRestServer.Errors(503, $"The real JobManager at {_target.Address} does not answer: {e.Message}");
        }
    }
}
