using System.Text;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;
using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways;
using FlinkDashboard.Gateways.Prometheus;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Gateways.Prometheus;

/// <summary>Requests to Amazon Managed Service for Prometheus: signatures against vectors made with botocore, and what its gateway believes and refuses.</summary>
[Collection(MetricsTests.Name)]
public sealed class PrometheusSigningTests(MetricsWorld world)
{
    private const string Workspace = "https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-0000/api/v1/";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string Form = "query=up%7Bjob%3D%22flink%22%7D&time=1700000000";

    [Theory]
    [InlineData("GET", "query_range?query=sum%28rate%28up%5B5m%5D%29%29&start=1700000000&end=1700003600&step=60", null, null, "613b4daa4f1ec0e64b365860e3dabe3bf962465ed3ae81eac548cdb7a160e068")]
    [InlineData("POST", "query", Form, null, "3b99515502f8d6249376e83b930f77aed04600966e85a7722d0a40dd4eb50b4d")]
    [InlineData("POST", "query", Form, "SESSIONTOKENEXAMPLE==", "2701e5955e1c6616a1a4a8e1b32b32723806bd41b216d84921483bf0ff611610")]
    public void Signer_AndTheSandboxsReckoning_GiveThePublishedSignature(string method, string path, string? body, string? token, string signature)
    {
        var address = new Uri(Workspace + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        // The vectors sign neither the hash of the body nor what the package adds: the sandbox's own reckoning, by which it believes requests, is held against them.
        var headers = new List<KeyValuePair<string, string>> { new("host", address.Host), new("x-amz-date", "20250102T030405Z") };
        if (body is not null)
            headers.Add(new("content-type", "application/x-www-form-urlencoded"));
        if (token is not null)
            headers.Add(new("x-amz-security-token", token));
        Assert.Equal(signature, Reckoned(method, address, headers, body));

        var credentials = token is null ? (AWSCredentials)new BasicAWSCredentials("AKIDEXAMPLE", Secret) : new SessionAWSCredentials("AKIDEXAMPLE", Secret, token);
        var request = new AWSSigningRequest { HttpMethod = new(method), RequestUri = address, Content = body is null ? null : Encoding.UTF8.GetBytes(body) };
        if (body is not null)
            request.Headers["content-type"] = "application/x-www-form-urlencoded";
        var signed = AWSSigV4Signer.Sign(request, new() { Credentials = credentials, Region = RegionEndpoint.USEast1, Service = "aps", SignedAt = new DateTime(2025, 1, 2, 3, 4, 5, DateTimeKind.Utc) });
        var sent = signed.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value);
        var authorization = sent["authorization"];
        string Part(string name) => authorization.Split(name + "=")[1].Split(',')[0];
        var own = Part("SignedHeaders").Split(';').Select(n => KeyValuePair.Create(n, n == "host" ? address.Host : n == "content-type" ? "application/x-www-form-urlencoded" : sent[n])).ToList();
        Assert.Equal(Reckoned(method, address, own, body), Part("Signature"));
        Assert.Equal(token, sent.GetValueOrDefault("x-amz-security-token"));
    }

    [Fact]
    public async Task SignedRequests_AreBelieved_WhateverIsInThem()
    {
        using var api = At(new BasicAWSCredentials(AwsKey.Reader.Id, AwsKey.Reader.Secret));
        Assert.Equal("Amazon Managed Service for Prometheus", await api.ProbeAsync(default));
        Assert.Single((await api.QueryAsync("sum(up{component=~\"job.+|a b*~'é%\"}) + 1 or vector(2)", null, default)).Series);
        Assert.NotEmpty((await api.SeriesAsync(["{__name__=~\"flink_jobmanager_num.+\"}"], null, null, 5, default)).Items);
        Assert.NotEmpty((await api.LabelValuesAsync("app", ["up{component=\"jobmanager\"}", "{__name__=~\"a b+|flink_.*\"}"], null, null, 0, default)).Items);
        Assert.NotEmpty(await api.MetadataAsync(null, 5, default));
        using var session = At(new SessionAWSCredentials(AwsKey.Reader.Id, AwsKey.Reader.Secret, "SESSIONTOKENEXAMPLE=="));
        Assert.Single((await session.QueryAsync("vector(1)", null, default)).Series);
    }

    [Fact]
    public async Task WrongKey_MissingRight_AndNoCredentials_SayWhatToDo()
    {
        using var wrong = At(new BasicAWSCredentials(AwsKey.Reader.Id, "another/secret"));
        Assert.Contains("does not match", await RefusedAsync(wrong), StringComparison.Ordinal);
        using var unknown = At(new BasicAWSCredentials("AKIANOBODY", "secret"));
        Assert.Contains("security token included in the request is invalid", await RefusedAsync(unknown), StringComparison.Ordinal);
        using var elsewhere = At(new BasicAWSCredentials(AwsKey.Reader.Id, AwsKey.Reader.Secret), "eu-west-1");
        Assert.Contains("Prometheus:SigningRegion", await RefusedAsync(elsewhere), StringComparison.Ordinal);
        using var outsider = At(new BasicAWSCredentials(AwsKey.Outsider.Id, AwsKey.Outsider.Secret));
        Assert.Contains("needs aps:QueryMetrics", await RefusedAsync(outsider), StringComparison.Ordinal);
        var labels = await Assert.ThrowsAsync<PrometheusException>(() => outsider.LabelNamesAsync([], null, null, 0, default));
        Assert.Contains("needs aps:GetLabels", labels.Message, StringComparison.Ordinal);
        using var nobody = At(new NoCredentials());
        Assert.StartsWith("There are no AWS credentials", await RefusedAsync(nobody), StringComparison.Ordinal);
        using var unsigned = new PrometheusApi(new() { Url = world.Sandbox.Cluster.ManagedPrometheusAddress.ToString() }, new AwsAccess(new()), TimeProvider.System);
        Assert.Contains("Missing Authentication Token", await RefusedAsync(unsigned), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1/", null, "https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1", "eu-central-1")]
    [InlineData("https://aps-workspaces-fips.us-west-2.api.aws/workspaces/ws-1", null, "https://aps-workspaces-fips.us-west-2.api.aws/workspaces/ws-1", "us-west-2")]
    [InlineData("http://prometheus.monitoring:9090/", null, "http://prometheus.monitoring:9090", null)]
    [InlineData("http://prometheus/aps-workspaces.us-east-1.amazonaws.com", null, "http://prometheus/aps-workspaces.us-east-1.amazonaws.com", null)]
    [InlineData("http://proxy:8005/workspaces/ws-1", "us-east-1", "http://proxy:8005/workspaces/ws-1", "us-east-1")]
    public void Target_IsSigned_WhereItIsManaged(string url, string? region, string root, string? signed)
    {
        var target = PrometheusTarget.Of(new() { Url = url, SigningRegion = region })!;
        Assert.Equal((root, signed), (target.Root, target.SigningRegion));
    }

    private PrometheusApi At(AWSCredentials credentials, string region = AwsAccount.Region) =>
        new(new PrometheusOptions { Url = world.Sandbox.Cluster.ManagedPrometheusAddress.ToString(), SigningRegion = region }, new AwsAccess(new(), credentials), TimeProvider.System);

    private static async Task<string> RefusedAsync(PrometheusApi api)
    {
        var e = await Assert.ThrowsAsync<PrometheusException>(() => api.QueryAsync("up", null, default));
        Assert.Equal(PrometheusFault.Forbidden, e.Fault);
        return e.Message;
    }

    private static string Reckoned(string method, Uri address, IEnumerable<KeyValuePair<string, string>> headers, string? body)
    {
        var query = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')).Select(p => KeyValuePair.Create(Uri.UnescapeDataString(p[0]), Uri.UnescapeDataString(p[1])));
        var canonical = SigV4.CanonicalRequest(method, address.AbsolutePath, query, headers, SigV4.Hash(Encoding.UTF8.GetBytes(body ?? "")));
        var scope = new SigningScope("AKIDEXAMPLE", "20250102", "us-east-1", "aps");
        return SigV4.Sign(SigV4.Key(Secret, scope), SigV4.StringToSign(new(2025, 1, 2, 3, 4, 5, TimeSpan.Zero), scope, canonical));
    }

    private sealed class NoCredentials : AWSCredentials
    {
        public override ImmutableCredentials GetCredentials() => throw new AmazonClientException("Unable to find credentials");

        public override Task<ImmutableCredentials> GetCredentialsAsync() => throw new AmazonClientException("Unable to find credentials");
    }
}
