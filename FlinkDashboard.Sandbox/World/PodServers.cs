namespace FlinkDashboard.Sandbox.World;

/// <summary>An HTTP request that reached a pod, for instance through the API server's service proxy.</summary>
/// <param name="Pod">The pod addressed.</param>
/// <param name="Port">Container port.</param>
/// <param name="Method">GET, POST, …</param>
/// <param name="Path">Path from the server's root, with a leading slash, still percent-encoded.</param>
/// <param name="Query">With its leading question mark, or empty.</param>
/// <param name="Body">Empty for GET.</param>
public sealed record PodRequest(WorldObject Pod, int Port, string Method, string Path, string Query, ReadOnlyMemory<byte> Body);

/// <summary>What the server in the pod answered.</summary>
/// <param name="Status">HTTP code.</param>
/// <param name="ContentType">Content-Type header.</param>
/// <param name="Body">Body bytes.</param>
public sealed record PodResponse(int Status, string ContentType, ReadOnlyMemory<byte> Body);

/// <summary>The HTTP servers that run inside pods. Protocols register them; the API server's proxy calls them.</summary>
public sealed class PodServers
{
    private readonly List<Func<PodRequest, CancellationToken, Task<PodResponse?>>> _servers = [];

    /// <summary>Told of every request before it is answered.</summary>
    public event Action<PodRequest>? Asking;

    /// <summary>Adds a server; it answers null for pods and ports that are not its own.</summary>
    public void Add(Func<PodRequest, CancellationToken, Task<PodResponse?>> server) => _servers.Add(server);

    /// <summary>Adds a server that is asked before those that are there already.</summary>
    public void AddBeforeAll(Func<PodRequest, CancellationToken, Task<PodResponse?>> server) => _servers.Insert(0, server);

    /// <summary>The first answer, or null: nobody listens there (connection refused).</summary>
    public async Task<PodResponse?> AskAsync(PodRequest request, CancellationToken cancel)
    {
        Asking?.Invoke(request);
        foreach (var server in _servers)
        {
            if (await server(request, cancel).ConfigureAwait(false) is { } answer)
                return answer;
        }
        return null;
    }
}
