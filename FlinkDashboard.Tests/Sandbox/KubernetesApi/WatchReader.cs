using System.Net;
using System.Text.Json.Nodes;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi;

/// <summary>An open watch, read line by line; a line that does not come within 10 s fails the test.</summary>
internal sealed class WatchReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(10));

    private WatchReader(HttpResponseMessage response, StreamReader lines) => (_response, _lines) = (response, lines);

    public HttpStatusCode Code => _response.StatusCode;

    public static async Task<WatchReader> OpenAsync(HttpClient http, string path, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new WatchReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next event; null at the end of the watch.</summary>
    public async Task<JsonObject?> NextAsync() => await _lines.ReadLineAsync(_patience.Token) is { } line ? JsonNode.Parse(line)!.AsObject() : null;

    /// <summary>The next event as "TYPE name".</summary>
    public async Task<string> NextTextAsync()
    {
        var next = await NextAsync();
        return next is null ? "end" : $"{next["type"]} {next["object"]!["metadata"]?["name"]}".Trim();
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
        _patience.Dispose();
    }
}
