using System.Net;
using System.Net.Sockets;
using System.Text;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.Tests.App;
using FlinkDashboard.Tests.Model.Storage;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Features.Storage;

/// <summary>What goes past the pages, with requests written by hand: no client tidies them up.</summary>
public sealed class StorageEndpointTests(StorageEndpointTests.World world) : IClassFixture<StorageEndpointTests.World>
{
    private const string Bucket = AwsAccount.Bucket, Secret = "0123456789abcdef", Team = "flink-team-a-ns";
    private const string Own = "X-Dashboard-Upload: 1\r\nSec-Fetch-Site: same-origin\r\n";
    private readonly DashboardApp _app = world.App;

    [Fact]
    public async Task File_IsSaved_NeverShown()
    {
        Put("jobs/page ü.html", "<script>alert(1)</script>"u8.ToArray());
        var (status, head, body) = await SendAsync("GET", "/storage/file?at=" + Uri.EscapeDataString($"s3://{Bucket}/jobs/page ü.html"));
        Assert.Equal((200, "<script>alert(1)</script>"), (status, body));
        Assert.Contains("Content-Disposition: attachment; filename=", head, StringComparison.Ordinal);
        Assert.Contains("filename*=UTF-8''page%20%C3%BC.html", head, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/octet-stream", head, StringComparison.Ordinal);
        Assert.Contains("X-Content-Type-Options: nosniff", head, StringComparison.Ordinal);
        Assert.Contains("Content-Security-Policy: default-src 'none'; sandbox", head, StringComparison.Ordinal);
        Assert.Equal(404, (await SendAsync("GET", $"/storage/file?at=s3://{Bucket}/jobs/none.jar")).Status);
        _app.Sandbox.World.Buckets.Put(Bucket, new StoredObject("jobs/huge", 3L << 30, "x", _app.Sandbox.World.Now, () => Stream.Null));
        Assert.Equal(413, (await SendAsync("GET", $"/storage/file?at=s3://{Bucket}/jobs/huge")).Status);
    }

    [Fact]
    public async Task File_OutsideOfTheLocations_IsRefused()
    {
        Put("secret", [1]);
        Put("jobs-old/a.jar", [1]);
        var bad = StoragePathTests.Bad.SelectMany(text => new[] { text, text.Replace("bucket/", Bucket + "/", StringComparison.Ordinal) }).Distinct().ToList();
        Assert.True(bad.Count >= 30);
        foreach (var text in bad)
        {
            foreach (var sent in new[] { Uri.EscapeDataString(text.Replace('\ud800', 'x')), text.Any(c => c is <= ' ' or > '~' or '#') ? "" : text })
            {
                if (text.Contains('\ud800', StringComparison.Ordinal))
                    continue;
                var status = (await SendAsync("GET", "/storage/file?at=" + sent)).Status;
                Assert.True(status is 400 or 403 or 404 && !(status == 404 && sent.Contains("..", StringComparison.Ordinal)), $"{sent} gave {status}");
            }
        }
        foreach (var query in new[] { "", "?at=", "?at=a&at=b", $"?at=s3://{Bucket}/jobs/", "?x=1", $"?at=s3://{Bucket}/jobs/a.jar&at=s3://{Bucket}/secret" })
            Assert.Equal(400, (await SendAsync("GET", "/storage/file" + query)).Status);
        foreach (var method in new[] { "POST", "PUT", "DELETE", "PATCH" })
            Assert.True((await SendAsync(method, $"/storage/file?at=s3://{Bucket}/jobs/a.jar")).Status is 400 or 404 or 405, method);
    }

    [Fact]
    public async Task File_IsForThoseWhoseLocationItIs()
    {
        Put("jobs/a.jar", [1]);
        Put("flink-team-a/a.jar", [2]);
        Assert.Equal(200, (await SendAsync("GET", $"/storage/file?at=s3://{Bucket}/flink-team-a/a.jar", who: "team-a")).Status);
        var jobs = await SendAsync("GET", $"/storage/file?at=s3://{Bucket}/jobs/a.jar", who: "team-a");
        Assert.Equal(403, jobs.Status);
        Assert.Contains("is for those who may list Flink applications of all namespaces", jobs.Body, StringComparison.Ordinal);
        Assert.Equal(403, (await SendAsync("GET", $"/storage/file?at=s3://{Bucket}/flink-team-a/a.jar", who: "team-b")).Status);
        Assert.Equal(401, (await SendAsync("GET", $"/storage/file?at=s3://{Bucket}/jobs/a.jar", who: "")).Status);
    }

    [Theory]
    [InlineData("a\";filename=b.exe", "a\";filename=b.exe")]
    [InlineData("a.jar; filename*=UTF-8''b.exe", "a.jar; filename*=UTF-8''b.exe")]
    [InlineData("a,b'c.jar", "a,b'c.jar")]
    [InlineData("picture\u202egpj.exe", "picture_gpj.exe")]
    [InlineData("a\u200bb.jar", "a_b.jar")]
    [InlineData("😀.jar", "😀.jar")]
    public async Task File_NameStaysInItsHeader(string name, string saved)
    {
        Put("jobs/" + name, [1]);
        var (status, head, _) = await SendAsync("GET", "/storage/file?at=" + Uri.EscapeDataString($"s3://{Bucket}/jobs/{name}"));
        Assert.Equal(200, status);
        var line = Assert.Single(head.Split("\r\n"), l => l.StartsWith("Content-Disposition:", StringComparison.Ordinal));
        Assert.All(line, c => Assert.InRange(c, ' ', '~'));
        var read = Microsoft.Net.Http.Headers.ContentDispositionHeaderValue.Parse(line["Content-Disposition:".Length..]);
        Assert.Equal(("attachment", saved), (read.DispositionType.Value, read.FileNameStar.Value));
    }

    [Fact]
    public async Task Right_ThatIsLost_IsLostHere_WithinHalfAMinute()
    {
        Put("flink-team-a/a.jar", [1]);
        var body = Encoding.Latin1.GetString(StorageStage.JarBytes(100));
        const string File = $"/storage/file?at=s3://{Bucket}/flink-team-a/a.jar", Part = $"/storage/upload/{Team}/a.jar?id=x&number=1&size=100";
        Assert.Equal((200, 409), ((await SendAsync("GET", File, who: "team-a")).Status, (await SendAsync("PUT", Part, Own, body)).Status));
        _app.Sandbox.World.Objects.Delete(ResourceTypes.RoleBindings, Team, "flink-team-a-users");
        _app.Sandbox.World.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal((403, 403), ((await SendAsync("GET", File, who: "team-a")).Status, (await SendAsync("PUT", Part, Own, body)).Status));
        DefaultAccess.BindTeam(_app.Sandbox.World.Objects, Team, "team-a");
        _app.Sandbox.World.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(200, (await SendAsync("GET", File, who: "team-a")).Status);
    }

    [Fact]
    public async Task Request_WithoutEnd_IsRefused()
    {
        Assert.Equal(414, (await SendAsync("GET", "/storage/file?at=s3://" + new string('a', 100_000))).Status);
        Assert.Equal(400, (await SendAsync("GET", $"/storage/file?at=s3://{Bucket}/jobs/" + new string('a', 2_000))).Status);
        Assert.Equal(431, (await SendAsync("GET", "/storage/file?at=x", $"X-Long: {new string('a', 100_000)}\r\n")).Status);
    }

    [Fact]
    public async Task Part_IsTakenFromOwnPages_OfWhoMayCreateApplications()
    {
        const string To = $"/storage/upload/{Team}/a.jar?id=x&number=1&size=100";
        var body = Encoding.Latin1.GetString(StorageStage.JarBytes(100));
        Assert.Equal(409, (await SendAsync("PUT", To, Own, body)).Status); // no such upload
        foreach (var headers in new[] { "", "X-Dashboard-Upload: 1\r\nSec-Fetch-Site: cross-site\r\n", "X-Dashboard-Upload: 1\r\nSec-Fetch-Site: same-site\r\n", "X-Dashboard-Upload: 1\r\nOrigin: http://evil.example\r\n", "Sec-Fetch-Site: same-origin\r\n" })
            Assert.Equal((403, headers), ((await SendAsync("PUT", To, headers, body)).Status, headers));
        Assert.Equal(403, (await SendAsync("PUT", To, Own, body, "viewer")).Status);
        Assert.Equal(403, (await SendAsync("PUT", To, Own, body, "team-b")).Status);
        Assert.Equal(409, (await SendAsync("PUT", To, Own, body, "team-a")).Status);
        Assert.Equal(401, (await SendAsync("PUT", To, Own, body, "")).Status);
    }

    [Fact]
    public async Task Part_ThatIsNone_IsRefused()
    {
        var body = Encoding.Latin1.GetString(StorageStage.JarBytes(100));
        string[] names = ["..%2f..%2fa.jar", "%2e%2e", "a%2fb.jar", "a%5cb.jar", "a.zip", ".jar", "a%00.jar", "a%20b.jar", "%252e%252e%252fa.jar", "a.jar%0d%0a", "a.jar/../b.jar", "a;b.jar", "%c0%ae.jar", new string('a', 300) + ".jar"];
        foreach (var name in names)
            Assert.True((await SendAsync("PUT", $"/storage/upload/{Team}/{name}?id=x&number=1&size=100", Own, body)).Status is 400 or 403 or 404 or 405 or 409, name);
        string[] queries = ["", "?id=x", "?id=x&number=1", "?id=x&number=-1&size=100", "?id=x&number=1&size=-100", "?id=x&number=1e3&size=100", "?id=&number=1&size=100", "?id=x&number=1&size=99999999999999999999", "?id=x&id=y&number=1&size=100"];
        foreach (var query in queries)
            Assert.Equal((400, query), ((await SendAsync("PUT", $"/storage/upload/{Team}/a.jar{query}", Own, body)).Status, query));
        foreach (var query in new[] { "?id=x&number=0&size=100", "?id=x&number=2&size=100", "?id=x&number=1&size=99", "?id=x&number=1&size=20971521" })
            Assert.Equal((409, query), ((await SendAsync("PUT", $"/storage/upload/{Team}/a.jar{query}", Own, body)).Status, query));
        Assert.Equal(409, (await SendAsync("PUT", $"/storage/upload/{Team}/a.jar?id=x&number=1&size=100", Own, new string('x', 100))).Status);
        Assert.Equal(400, (await SendAsync("PUT", $"/storage/upload/{Team}/a.jar?id=x&number=1&size=9000000", Own, new string('x', (8 << 20) + 1))).Status);
    }

    /// <summary>One dashboard for all, where users sign in.</summary>
    public sealed class World : IDisposable
    {
        public World()
        {
            App.Sandbox.World.Objects.Create(ResourceTypes.Namespaces, new() { ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = Team } });
            DefaultAccess.BindTeam(App.Sandbox.World.Objects, Team, "team-a");
        }

        public DashboardApp App { get; } = DashboardApp.Start(("Sandbox:World", "quiet"), ("Sandbox:Speed", "0"), ("Access:Mode", "Header"), ("Access:SharedSecret", Secret),
            ("Storage:Locations:0", $"s3://{Bucket}/jobs"), ("Storage:Locations:1", $"{Team}=s3://{Bucket}/flink-team-a"), ("Storage:Jars", $"s3://{Bucket}/jobs/"), ("Storage:UploadLimit", "20"));

        public void Dispose() => App.Dispose();
    }

    private void Put(string key, byte[] content) => _app.Sandbox.World.Buckets.Put(Bucket, new StoredObject(key, content.Length, Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(content)), _app.Sandbox.World.Now, () => new MemoryStream(content, writable: false)));

    private async Task<(int Status, string Head, string Body)> SendAsync(string method, string target, string headers = "", string body = "", string? who = null)
    {
        var user = who ?? (method == "GET" ? "viewer" : "team-a");
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _app.Address.Port);
        await using var stream = client.GetStream();
        var signed = user.Length == 0 ? "" : $"X-Forwarded-User: {user}\r\nX-Forwarded-Groups: {(user == "viewer" ? "flink-viewers" : "flink-" + user)}\r\n";
        var sending = stream.WriteAsync(Encoding.Latin1.GetBytes($"{method} {target} HTTP/1.1\r\nHost: {_app.Address.Authority}\r\n{signed}X-Dashboard-Secret: {Secret}\r\n{headers}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}")).AsTask();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var all = await reader.ReadToEndAsync();
        await Task.WhenAny(sending);
        var end = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var content = all[(end + 4)..];
        return (int.Parse(all.AsSpan(9, 3)), all[..end], all[..end].Contains("chunked", StringComparison.Ordinal) ? Unchunked(content) : content);
    }

    private static string Unchunked(string text)
    {
        var whole = new StringBuilder();
        for (var at = 0; text.IndexOf("\r\n", at, StringComparison.Ordinal) is > 0 and var end && Convert.ToInt32(text[at..end], 16) is > 0 and var size; at = end + 2 + size + 2)
            whole.Append(text.AsSpan(end + 2, size));
        return whole.ToString();
    }
}
