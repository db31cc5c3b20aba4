using System.Text;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Tests.Sandbox.Aws;

namespace FlinkDashboard.Tests.Sandbox.CloudWatchLogs;

/// <summary>Calls operations of a sandbox's CloudWatch Logs, as fast as it likes.</summary>
internal sealed class LogsClient : IDisposable
{
    public LogsClient(SandboxCluster cluster)
    {
        cluster.LogsQuotas.AreCounted = false;
        Aws = new(cluster.LogsAddress, "logs");
    }

    public AwsClient Aws { get; }

    /// <summary>Calls one that must succeed.</summary>
    public async Task<JsonObject> CallAsync(string operation, JsonObject input)
    {
        using var answer = await SendAsync(operation, input);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        return JsonNode.Parse(body)!.AsObject();
    }

    /// <summary>Calls one that must fail.</summary>
    /// <returns>Status, code and text.</returns>
    public async Task<string> RefusalAsync(string operation, JsonObject input)
    {
        var status = await StatusAsync(operation, input);
        Assert.NotEqual("200", status);
        return status;
    }

    /// <summary>Calls one.</summary>
    /// <returns>Status, and when it failed code and text.</returns>
    public async Task<string> StatusAsync(string operation, JsonObject input)
    {
        using var answer = await SendAsync(operation, input);
        if (answer.IsSuccessStatusCode)
            return $"{(int)answer.StatusCode}";
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return $"{(int)answer.StatusCode} {body["__type"]} {body["message"]}";
    }

    /// <summary>Calls one; the body of the answer is still to come.</summary>
    public Task<HttpResponseMessage> SendAsync(string operation, JsonObject input) =>
        Aws.SendAsync("POST", "/", "", Encoding.UTF8.GetBytes(input.ToJsonString()), r => r.Headers.Add("x-amz-target", "Logs_20140328." + operation));

    /// <summary>Waits until something holds that announces itself nowhere.</summary>
    public static async Task UntilAsync(Func<bool> reached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!reached())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
    }

    public void Dispose() => Aws.Dispose();
}
