using System.Net.Sockets;
using System.Text;
using FlinkDashboard.Tests.Browser;

namespace FlinkDashboard.Tests.Features.FlinkUi;

/// <summary>Flink's own page through the dashboard, with requests written by hand: no client tidies them up.</summary>
[Collection(BrowserTests.Name)]
public sealed class FlinkUiEndpointTests : IAsyncLifetime
{
    private const string Root = "/flink/flink-team-a-ns/orders-healthy";
    private Stage stage = null!;

    public async Task InitializeAsync() => stage = await Stage.StartAsync("busy");

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task Page_IsForLookingOnly()
    {
        var asked = new List<string>();
        stage.Cluster.World.Servers.Asking += request => { lock (asked) asked.Add(request.Path); };
        var (status, head, body) = await SendAsync("GET", Root + "/overview");
        Assert.Equal((200, true), (status, body.Contains("slots-total", StringComparison.Ordinal)));
        Assert.Contains("sandbox allow-scripts", head, StringComparison.Ordinal);
        Assert.Contains("connect-src 127.0.0.1", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Set-Cookie", head, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(302, (await SendAsync("GET", Root)).Status);
        asked.Clear();
        foreach (var path in (string[])["/jars", "/jobs/../jars", "/%2e%2e/x", "/..%2f..%2fapi", "/jobs/..%5cjars", "//overview", "/overview?x=1", "/overview%20", "/jobs/" + new string('a', 32) + "/yarn-cancel", "/.hidden.js", "/assets/../overview", "/cluster", "/overview;/../jars", "/a%00.js"])
        {
            var refused = await SendAsync("GET", Root + path);
            Assert.True(refused.Status is 403 or 400, $"{path} gave {refused.Status}");
        }
        foreach (var root in (string[])["/flink/flink-team-a-ns/orders%2dhealthy/overview", "/flink/flink-team-a-ns/..%2f..%2fx/overview", "/flink/FLINK/orders/overview", "/flink/a.b/orders/overview", "/flink/x/y:80/overview"])
            Assert.True((await SendAsync("GET", root)).Status is 403 or 400 or 404, root);
        foreach (var method in (string[])["POST", "PATCH", "DELETE", "PUT"])
            Assert.True((await SendAsync(method, Root + "/overview")).Status is 405 or 404 or 400, method);
        Assert.DoesNotContain(asked, p => p is "/jars" or "/cluster" || p.Contains("yarn", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rights_OfTheViewer_AreAskedForEachRequest()
    {
        await using var other = await Stage.StartAsync("busy", user: "team-b");
        var (status, _, body) = await SendAsync("GET", Root + "/overview", other.Address);
        Assert.Equal(403, status);
        Assert.Contains("may not get services/proxy in namespace flink-team-a-ns", body, StringComparison.Ordinal);
    }

    private async Task<(int Status, string Head, string Body)> SendAsync(string method, string target, string? address = null)
    {
        var to = new Uri(address ?? stage.Address);
        using var client = new TcpClient();
        await client.ConnectAsync(to.Host, to.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{method} {target} HTTP/1.1\r\nHost: {to.Authority}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var all = await reader.ReadToEndAsync();
        var end = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (int.Parse(all.AsSpan(9, 3)), all[..end], all[(end + 4)..]);
    }
}
