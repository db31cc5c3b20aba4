using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Insights;
using FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.LiveTail;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs;

/// <summary>CloudWatch Logs over the world's shipped logs: AWS JSON 1.1, reading only.</summary>
/// <param name="world">What it shows.</param>
/// <param name="time">Real time, which signatures are made with.</param>
/// <param name="quotas">How many calls it lets through.</param>
/// <param name="faults">Troubles to make.</param>
/// <param name="tailFaults">Troubles to make at Live Tail.</param>
/// <param name="insightsFaults">Troubles to make at Logs Insights.</param>
public sealed class LogsServer(SandboxWorld world, TimeProvider time, LogsQuotas quotas, AwsFaults faults, LiveTailFaults tailFaults, InsightsFaults insightsFaults)
{
    private const string Prefix = "Logs_20140328.";
    private const string StartLiveTail = "StartLiveTail";
    private const int MaxBody = 1 << 20;
    private readonly LogGroups _groups = new(world);
    private InsightsAnswers? _insights;

    private InsightsAnswers Insights => LazyInitializer.EnsureInitialized(ref _insights, () => new InsightsAnswers(_groups, time, insightsFaults))!;

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var id = new Guid(RandomNumberGenerator.GetBytes(16)).ToString();
        http.Response.Headers["x-amzn-RequestId"] = id;
        http.Response.Headers.Date = time.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            var (operation, call) = await ReadAsync(http).ConfigureAwait(false);
            if (operation == StartLiveTail)
                await TailAsync(http, LiveTailRequest.Read(call, _groups), id).ConfigureAwait(false);
            else
                await WriteAsync(http, 200, Operation(operation)(call), faults.TakeCut()).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client is gone, nobody waits for an answer.
        }
        catch (SignatureException e)
        {
            await FailAsync(http, Refusal(e)).ConfigureAwait(false);
        }
        catch (InsightsSyntaxException e)
        {
            await WriteAsync(http, 400, Malformed(e), false).ConfigureAwait(false);
        }
        catch (AwsFailure e)
        {
            await FailAsync(http, e).ConfigureAwait(false);
        }
    }

    private async Task<(string Operation, LogsCall Call)> ReadAsync(HttpContext http)
    {
        if (faults.Delay > TimeSpan.Zero)
            await Task.Delay(faults.Delay, time, http.RequestAborted).ConfigureAwait(false);
        if (faults.TakeFailure())
            throw new AwsFailure("ServiceUnavailableException", "The service cannot complete the request.", 500);
        if (faults.TakeThrottle())
            throw new AwsFailure("ThrottlingException", "Rate exceeded", 400);
        using var body = new MemoryStream();
        if (http.Request.ContentLength is null or > MaxBody)
            throw new AwsFailure("SerializationException", "The request is too large or has no length.", 400);
        await http.Request.Body.CopyToAsync(body, http.RequestAborted).ConfigureAwait(false);
        var signed = SignedRequest.Verify(http.Request, "logs", time.GetUtcNow(), SigV4.Hash(body.ToArray()));
        var target = http.Request.Headers["x-amz-target"].ToString();
        var operation = target.StartsWith(Prefix, StringComparison.Ordinal) ? target[Prefix.Length..] : "";
        if (operation != StartLiveTail)
            Operation(operation);
        if (!signed.Key.MayRead)
            throw new AwsFailure("AccessDeniedException", $"User: {signed.Key.Arn} is not authorized to perform: logs:{operation} on resource: arn:aws:logs:{AwsAccount.Region}:{AwsAccount.Id}:log-group:* because no identity-based policy allows the logs:{operation} action", 400);
        quotas.Take(operation);
        return (operation, new LogsCall(Input(body.ToArray()), _groups));
    }

    private async Task TailAsync(HttpContext http, LiveTailRequest request, string requestId)
    {
        var session = new LiveTailSession(request, world.ShippedLogs, tailFaults, time);
        tailFaults.Enter(session);
        try
        {
            await session.RunAsync(http, requestId).ConfigureAwait(false);
        }
        finally
        {
            tailFaults.Leave(session);
        }
    }

    private Func<LogsCall, JsonObject> Operation(string name) => name switch
    {
        "DescribeLogGroups" => c => Descriptions.Groups(c, _groups),
        "DescribeLogStreams" => Descriptions.Streams,
        "FilterLogEvents" => EventPages.Filter,
        "GetLogEvents" => EventPages.Get,
        "StartQuery" => Insights.Start,
        "GetQueryResults" => Insights.Results,
        "StopQuery" => Insights.Stop,
        "DescribeQueries" => Insights.Describe,
        "GetLogRecord" => Insights.Record,
        "GetLogGroupFields" => Insights.Fields,
        _ => throw new AwsFailure("UnknownOperationException", "", 400),
    };

    private static JsonObject Input(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new AwsFailure("SerializationException", "The body is not a JSON object.", 400);
        }
    }

    private static Task FailAsync(HttpContext http, AwsFailure failure)
    {
        var body = new JsonObject { ["__type"] = failure.Code };
        if (failure.Message.Length > 0)
            body["message"] = failure.Message;
        return WriteAsync(http, failure.Status, body, false);
    }

    private static JsonObject Malformed(InsightsSyntaxException e) => new()
    {
        ["__type"] = "MalformedQueryException",
        ["message"] = e.Message,
        ["queryCompileError"] = new JsonObject { ["location"] = new JsonObject { ["startCharOffset"] = e.Start, ["endCharOffset"] = e.End }, ["message"] = e.Message },
    };

    private static async Task WriteAsync(HttpContext http, int status, JsonObject answer, bool cut)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(answer);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/x-amz-json-1.1";
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(cut ? bytes.AsMemory(0, bytes.Length / 2) : bytes, http.RequestAborted).ConfigureAwait(false);
        if (!cut)
            return;
        await http.Response.Body.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        http.Abort();
    }

    private static AwsFailure Refusal(SignatureException e) => e.Fault switch
    {
        SignatureFault.Missing => new("MissingAuthenticationTokenException", "Missing Authentication Token", 403),
        SignatureFault.UnknownKey => new("UnrecognizedClientException", "The security token included in the request is invalid.", 403),
        SignatureFault.WrongRegion => new("InvalidSignatureException", $"Credential should be scoped to a valid region, not '{e.Detail}'. ", 403),
        SignatureFault.WrongService => new("InvalidSignatureException", "Credential should be scoped to correct service: 'logs'. ", 403),
        SignatureFault.Skewed => new("InvalidSignatureException", $"Signature expired or not yet current: {e.Detail}", 403),
        SignatureFault.Mismatch => new("InvalidSignatureException", "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.", 403),
        _ => new("IncompleteSignatureException", "Authorization header requires 'Credential', 'Signature' and 'SignedHeaders' parameters.", 403),
    };
}
