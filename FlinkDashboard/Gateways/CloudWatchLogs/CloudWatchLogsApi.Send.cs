using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;

namespace FlinkDashboard.Gateways.CloudWatchLogs;

public sealed partial class CloudWatchLogsApi
{
    private const string Target = "Logs_20140328.";
    private const int Attempts = 3;
    private const int ErrorRoom = 64 << 10;
    private const int LargestAnswer = 64 << 20;

    private async Task<TAnswer> AskAsync<TRequest, TAnswer>(string operation, TRequest request, JsonTypeInfo<TRequest> written, JsonTypeInfo<TAnswer> read, CancellationToken stop) where TAnswer : class
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, written);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await OnceAsync(operation, body, read, stop);
            }
            catch (CloudWatchLogsException e) when (attempt < Attempts && IsWorthAgain(e, attempt))
            {
                await Task.Delay(Pause(attempt), time, stop);
            }
        }
    }

    // botocore's "standard" mode; a token that has run out is renewed by the chain, once.
    private static bool IsWorthAgain(CloudWatchLogsException e, int attempt) =>
        e.Fault is LogsFault.Throttled or LogsFault.Unavailable or LogsFault.Unreachable or LogsFault.Broken || (attempt == 1 && e.Code is "ExpiredTokenException" or "ExpiredToken");

    private TimeSpan Pause(int attempt)
    {
        lock (random)
            return TimeSpan.FromSeconds(Math.Min(20, random.NextDouble() * Math.Pow(2, attempt)));
    }

    private async Task<TAnswer> OnceAsync<TAnswer>(string operation, byte[] body, JsonTypeInfo<TAnswer> read, CancellationToken stop) where TAnswer : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var timer = time.CreateTimer(static s => ((CancellationTokenSource)s!).Cancel(), limit, Patience, Timeout.InfiniteTimeSpan);
        try
        {
            var (signer, address, region) = Way;
            await BucketOf(operation, region).TakeAsync(limit.Token);
            using var response = await SendAsync(signer, address, operation, body, Calls, limit.Token);
            if (response.Content.Headers.ContentLength > LargestAnswer)
                throw new CloudWatchLogsException(LogsFault.NotUnderstood, operation, "The answer is larger than any that AWS documents.");
            await using var content = await response.Content.ReadAsStreamAsync(limit.Token);
            return await JsonSerializer.DeserializeAsync(content, read, limit.Token) ?? throw new JsonException("null");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            Calls.Failed("Timeout", "");
            throw new CloudWatchLogsException(LogsFault.Timeout, operation, $"CloudWatch Logs gave no whole answer to {operation} within {Patience.TotalSeconds:0} s.");
        }
        catch (JsonException e)
        {
            Calls.Failed("NotUnderstood", "");
            throw new CloudWatchLogsException(LogsFault.NotUnderstood, operation, $"The answer to {operation} is not the documented JSON: {e.Message}", inner: e);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            Calls.Failed("Broken", "");
            throw new CloudWatchLogsException(LogsFault.Broken, operation, $"The connection to CloudWatch Logs broke: {e.GetBaseException().Message}", inner: e);
        }
    }

    // Sends; an answer below 300 with its body unread, or the exception that says why not.
    private async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker signer, Uri address, string operation, byte[] body, GatewayCalls calls, CancellationToken stop)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        message.Headers.Add("X-Amz-Target", Target + operation);
        var call = calls.Begin();
        try
        {
            var response = await signer.SendAsync(message, stop);
            if (response.StatusCode < HttpStatusCode.MultipleChoices)
            {
                call.Succeeded();
                return response;
            }
            using (response)
                throw Counted(call, await RefusalAsync(operation, response, stop));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Counted(call, new(LogsFault.Unreachable, operation, $"CloudWatch Logs cannot be reached at {address.Authority}: {e.GetBaseException().Message}", inner: e));
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException)
        {
            throw Counted(call, new(LogsFault.Credentials, operation, $"There are no AWS credentials to ask CloudWatch Logs with: {e.Message}", inner: e));
        }
    }

    private async Task<CloudWatchLogsException> RefusalAsync(string operation, HttpResponseMessage response, CancellationToken stop)
    {
        var body = new byte[ErrorRoom];
        await using var content = await response.Content.ReadAsStreamAsync(stop);
        var length = await content.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, stop);
        var type = response.Headers.TryGetValues("x-amzn-ErrorType", out var types) ? types.First() : null;
        return LogsFaultOf.Answer(operation, (int)response.StatusCode, type, body.AsSpan(0, length), response.Headers.Date - TimeProvider.System.GetUtcNow());
    }

    private static CloudWatchLogsException Counted(GatewayCall call, CloudWatchLogsException e)
    {
        call.Failed(e.Code?.Split(' ')[0] ?? e.Fault.ToString(), e.Fault.ToString());
        return e;
    }
}
