using System.Net.Sockets;
using System.Text;
using FlinkDashboard.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlinkDashboard.Tests.App;

/// <summary>The connection of the pages: from own pages only, and not without end.</summary>
public sealed class CircuitGateTests
{
    [Fact]
    public async Task Connection_IsTakenFromOwnPagesOnly()
    {
        using var app = DashboardApp.Start(("Sandbox:World", "quiet"), ("Sandbox:Speed", "0"));
        Assert.Equal(101, await ConnectAsync(app, $"http://{app.Address.Authority}"));
        foreach (var origin in (string[])["http://evil.example", "http://127.0.0.1:1", $"http://{app.Address.Authority}.evil.example", $"http://evil.example/{app.Address.Authority}", "null", "file://"])
            Assert.Equal((403, origin), (await ConnectAsync(app, origin), origin));
        Assert.Equal(403, await ConnectAsync(app, $"http://{app.Address.Authority}", "Sec-Fetch-Site: cross-site\r\n"));
    }

    [Fact]
    public async Task Host_ThatIsNotThisMachine_IsRefused()
    {
        using var app = DashboardApp.Start(("Sandbox:World", "quiet"), ("Sandbox:Speed", "0"));
        foreach (var host in (string[])["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.1;script-src", "[::ffff:10.0.0.1]", "0.0.0.0", ""])
            Assert.True(await StatusAsync(app, $"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n") is 400 or 403, host);
    }

    [Fact]
    public async Task Pages_OfOneUser_AreCounted_AndLeaveRoomForOthers()
    {
        var (hold, inside) = (new TaskCompletionSource(), 0);
        var gate = new CircuitGate(_ =>
        {
            Interlocked.Increment(ref inside);
            return hold.Task;
        }, NullLogger<CircuitGate>.Instance);
        var open = Enumerable.Range(0, CircuitGate.MostOfOne).Select(_ => gate.InvokeAsync(Of("one"))).ToList();
        var more = Of("one");
        await gate.InvokeAsync(more);
        Assert.Equal((429, CircuitGate.MostOfOne), (more.Response.StatusCode, inside));
        open.Add(gate.InvokeAsync(Of("two")));
        Assert.Equal(CircuitGate.MostOfOne + 1, inside);
        hold.SetResult();
        await Task.WhenAll(open);
        var again = Of("one");
        await gate.InvokeAsync(again);
        Assert.Equal(200, again.Response.StatusCode);
    }

    private static DefaultHttpContext Of(string user) => new() { User = LookAs.Of(user), Request = { Path = "/_blazor", Host = new("localhost") } };

    private static Task<int> ConnectAsync(DashboardApp app, string origin, string more = "") => StatusAsync(app,
        $"GET /_blazor HTTP/1.1\r\nHost: {app.Address.Authority}\r\nOrigin: {origin}\r\n{more}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");

    private static async Task<int> StatusAsync(DashboardApp app, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(app.Address.Host, app.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        var head = new byte[12];
        await stream.ReadExactlyAsync(head);
        return int.Parse(Encoding.ASCII.GetString(head, 9, 3));
    }
}
