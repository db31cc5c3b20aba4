using System.Net;
using FlinkDashboard.Access;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Tests.App;

/// <summary>On the embedded sandbox one can be another user: pages and what goes past them judge alike.</summary>
public sealed class LookAsTests : IClassFixture<LookAsTests.World>, IDisposable
{
    private const string Application = "/flink-team-a-ns/orders-healthy";
    private readonly DashboardApp app;
    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;

    public LookAsTests(World world)
    {
        app = world.App;
        http = new(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = app.Address };
    }

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task Choice_IsThatOfPagesAndEndpoints_AndOutlivesAReload()
    {
        Assert.Contains("You: admin", await http.GetStringAsync("/settings"), StringComparison.Ordinal);
        using var chosen = await ChooseAsync("team-b", "/settings?x=1");
        Assert.Equal((HttpStatusCode.Redirect, "/settings?x=1"), (chosen.StatusCode, chosen.Headers.Location?.ToString()));
        Assert.Matches("^look-as=team-b; path=/; samesite=lax; httponly$", Assert.Single(chosen.Headers.GetValues("Set-Cookie")));
        for (var look = 0; look < 2; look++)
        {
            var page = await http.GetStringAsync("/settings");
            Assert.Contains("You: team-b", page, StringComparison.Ordinal);
            Assert.DoesNotContain("You: admin", page, StringComparison.Ordinal);
        }
        await RefusedAsync("/storage/file?at=s3://" + AwsAccount.Bucket + "/jobs/a.jar", "User team-b may not list flinkdeployments across the cluster");
        await RefusedAsync("/logs/download?ns=flink-team-a-ns&name=orders-healthy", "User team-b may not get pods/log in namespace flink-team-a-ns");
        await RefusedAsync("/logs/download?way=cloudwatch&group=" + AwsAccount.LogGroup, "User team-b may not get pods/log across the cluster");
        await RefusedAsync($"/flink{Application}/overview", "User team-b may not get services/proxy in namespace flink-team-a-ns");
        Assert.Equal((HttpStatusCode.Forbidden, true), await PartAsync("User team-b may not create flinkdeployments in namespace flink-team-a-ns"));
    }

    [Fact]
    public async Task Viewer_ReadsWhatAViewerMay_AndSendsNothing()
    {
        using var chosen = await ChooseAsync("viewer", "/");
        Assert.Equal((HttpStatusCode.Forbidden, true), await PartAsync("User viewer may not create flinkdeployments in namespace flink-team-a-ns"));
        using var missing = await http.GetAsync($"/storage/file?at=s3://{AwsAccount.Bucket}/jobs/none.jar");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode); // it was looked for: a viewer lists the applications of all namespaces
        using var choice = await ChooseAsync("admin", "/");
        Assert.NotEqual(HttpStatusCode.Forbidden, (await PartAsync("")).Status);
    }

    [Theory]
    [InlineData("system:masters", "/", "same-origin", null)]
    [InlineData("", "/", "same-origin", null)]
    [InlineData("viewer", "/", "cross-site", null)]
    [InlineData("viewer", "/", "same-site", null)]
    [InlineData("viewer", "/", null, "http://evil.example")]
    [InlineData("viewer", "/", null, "null")]
    public async Task Choice_IsOneOnOffer_AndComesFromOwnPages(string user, string back, string? site, string? origin)
    {
        using var answer = await ChooseAsync(user, back, site, origin);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(0, cookies.Count);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    [InlineData("")]
    public async Task Way_BackLeadsNowhereElse(string back)
    {
        using var answer = await ChooseAsync("viewer", back);
        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task Cookie_ThatNamesNobody_IsTheFirstOne_AndHeadersNameNobody()
    {
        cookies.Add(app.Address, new Cookie(LookAs.Cookie, "system:masters"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/settings") { Headers = { { "X-Forwarded-User", "viewer" } } };
        using var page = await http.SendAsync(request);
        Assert.Contains("You: admin", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>One dashboard for all: who looks stands in the browser, not in it.</summary>
    public sealed class World : IDisposable
    {
        public DashboardApp App { get; } = DashboardApp.Start(("Sandbox:World", "quiet"), ("Sandbox:Speed", "0"));

        public void Dispose() => App.Dispose();
    }

    private async Task<HttpResponseMessage> ChooseAsync(string user, string back, string? site = "same-origin", string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{LookAs.Path}?back={Uri.EscapeDataString(back)}") { Content = new FormUrlEncodedContent([KeyValuePair.Create("user", user)]) };
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        return await http.SendAsync(request);
    }

    private async Task RefusedAsync(string address, string reason)
    {
        using var answer = await http.GetAsync(address);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, bool Says)> PartAsync(string reason)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/storage/upload/flink-team-a-ns/a.jar?id=x&number=1&size=4") { Content = new ByteArrayContent("PK\u0003\u0004"u8.ToArray()) };
        request.Headers.Add("X-Dashboard-Upload", "1");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, (await answer.Content.ReadAsStringAsync()).Contains(reason, StringComparison.Ordinal));
    }
}
