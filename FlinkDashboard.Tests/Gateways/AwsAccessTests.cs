using System.Net.Http.Headers;
using System.Text;
using Amazon;
using Amazon.Runtime;
using FlinkDashboard.Gateways;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Protocols.Aws;
using Microsoft.AspNetCore.Http;

namespace FlinkDashboard.Tests.Gateways;

/// <summary>The default credential chain, each of its ways against a server of its own. Variables are those of the process, so one test does all in turn.</summary>
[Collection(nameof(AwsAccessTests))]
public sealed class AwsAccessTests : IAsyncLifetime
{
    private const string Describe = """{"limit":1}""";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aws-chain-");
    private readonly Dictionary<string, string?> before = [];
    private SandboxCluster cluster = null!;

    public async Task InitializeAsync()
    {
        cluster = await SandboxCluster.StartAsync(new() { World = "quiet", Speed = 0 });
        Set("AWS_CONFIG_FILE", Path.Combine(folder.FullName, "no-config"));
        var file = Path.Combine(folder.FullName, "credentials");
        await File.WriteAllTextAsync(file, $"[flink]\naws_access_key_id = {AwsKey.Reader.Id}\naws_secret_access_key = {AwsKey.Reader.Secret}\n");
        AWSConfigs.AWSProfilesLocation = file;
        Set("AWS_EC2_METADATA_DISABLED", "true");
    }

    public async Task DisposeAsync()
    {
        foreach (var (name, value) in before)
            Environment.SetEnvironmentVariable(name, value);
        AWSConfigs.AWSProfilesLocation = null;
        folder.Delete(recursive: true);
        await cluster.DisposeAsync();
    }

    [Fact]
    public async Task EachWayOfTheChain_SignsRequestsThatAreBelieved()
    {
        // The package keeps what it found until the variables of keys change: keys stand between the other two.
        await WebIdentityAsync();
        await EnvironmentAsync();
        await PodIdentityAsync();
        await ProfileAsync();
    }

    [Fact]
    public async Task ProfileThatIsNotThere_IsNamed()
    {
        var error = await Assert.ThrowsAsync<AmazonClientException>(() => new AwsAccess(new() { Profile = "nobody" }).Credentials.GetCredentialsAsync());
        Assert.Contains("no profile \"nobody\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Region_IsTheServicesOwn_ElseTheSettings()
    {
        var access = new AwsAccess(new() { Region = "eu-west-1" }, new AnonymousAWSCredentials());
        Assert.Equal("eu-central-1", access.RegionOf("eu-central-1"));
        Assert.Equal("eu-west-1", access.RegionOf(null));
    }

    private async Task EnvironmentAsync()
    {
        Set("AWS_ACCESS_KEY_ID", AwsKey.Reader.Id);
        Set("AWS_SECRET_ACCESS_KEY", AwsKey.Reader.Secret);
        await AssertBelievedAsync(new AwsAccess(new()));
        Set("AWS_ACCESS_KEY_ID", null);
        Set("AWS_SECRET_ACCESS_KEY", null);
    }

    private Task ProfileAsync() => AssertBelievedAsync(new AwsAccess(new() { Profile = "flink" }));

    // IAM roles for service accounts: the projected token is given to STS, which answers with keys.
    private async Task WebIdentityAsync()
    {
        var token = Path.Combine(folder.FullName, "token");
        await File.WriteAllTextAsync(token, "projected-token");
        var form = "";
        await using var sts = await LoopbackHost.StartAsync(0, async http =>
        {
            form = await new StreamReader(http.Request.Body).ReadToEndAsync();
            http.Response.ContentType = "text/xml";
            await http.Response.WriteAsync($"""
                <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>
                <Credentials><AccessKeyId>{AwsKey.Admin.Id}</AccessKeyId><SecretAccessKey>{AwsKey.Admin.Secret}</SecretAccessKey><SessionToken>session</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
                <AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/dashboard/one</Arn><AssumedRoleId>AROA:one</AssumedRoleId></AssumedRoleUser>
                </AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>
                """);
        }, default);
        Set("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/dashboard");
        Set("AWS_WEB_IDENTITY_TOKEN_FILE", token);
        Set("AWS_ENDPOINT_URL_STS", sts.Address.ToString());
        Set("AWS_REGION", "us-west-2");
        await AssertBelievedAsync(new AwsAccess(new()));
        Assert.Contains("Action=AssumeRoleWithWebIdentity", form, StringComparison.Ordinal);
        Assert.Contains("WebIdentityToken=projected-token", form, StringComparison.Ordinal);
        foreach (var name in new[] { "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ENDPOINT_URL_STS", "AWS_REGION" })
            Set(name, null);
    }

    // EKS Pod Identity: an agent on the node answers with keys; the token of the pod stands in a file.
    private async Task PodIdentityAsync()
    {
        var token = Path.Combine(folder.FullName, "pod-token");
        await File.WriteAllTextAsync(token, "pod-token");
        AuthenticationHeaderValue? sent = null;
        await using var agent = await LoopbackHost.StartAsync(0, async http =>
        {
            sent = AuthenticationHeaderValue.Parse(http.Request.Headers.Authorization.ToString());
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync($$"""{"AccessKeyId":"{{AwsKey.Reader.Id}}","SecretAccessKey":"{{AwsKey.Reader.Secret}}","Token":"session","Expiration":"2099-01-01T00:00:00Z"}""");
        }, default);
        Set("AWS_CONTAINER_CREDENTIALS_FULL_URI", new Uri(agent.Address, "v1/credentials").ToString());
        Set("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token);
        await AssertBelievedAsync(new AwsAccess(new()));
        Assert.Equal("pod-token", sent?.Scheme);
    }

    private async Task AssertBelievedAsync(AwsAccess access)
    {
        using var client = new HttpMessageInvoker(access.Signing("logs", "us-west-2", new SocketsHttpHandler { AllowAutoRedirect = false }));
        using var request = new HttpRequestMessage(HttpMethod.Post, cluster.LogsAddress) { Content = new StringContent(Describe, Encoding.UTF8) };
        request.Content.Headers.ContentType = new("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "Logs_20140328.DescribeLogGroups");
        using var answer = await client.SendAsync(request, default);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private void Set(string name, string? value)
    {
        before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }
}
