using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace FlinkDashboard.Gateways.CloudWatchLogs;

public sealed partial class CloudWatchLogsApi
{
    /// <summary>A session says something every second, be it that there was nothing: after so long a silence it is broken.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private string? tailHost;

    /// <summary>
    /// Opens a Live Tail session: new events as they come in, an update about every second, until the caller leaves or the session ends. Billed by the
    /// minute. Always ends with an exception: a session has no good end of its own.
    /// </summary>
    /// <param name="request">What to follow.</param>
    /// <param name="opened">Called when the service has accepted.</param>
    /// <param name="stop">Leaves.</param>
    /// <exception cref="CloudWatchLogsException">Refused, timed out after three hours, broken, silent or damaged.</exception>
    public async IAsyncEnumerable<LiveTailSessionUpdate> StartLiveTailAsync(StartLiveTailRequest request, Action opened, [EnumeratorCancellation] CancellationToken stop)
    {
        const string Operation = "StartLiveTail";
        using var silent = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var watch = time.CreateTimer(static s => ((CancellationTokenSource)s!).Cancel(), silent, Patience, Timeout.InfiniteTimeSpan);
        HttpResponseMessage response;
        try
        {
            response = await OpenTailAsync(JsonSerializer.SerializeToUtf8Bytes(request, LogsJson.Default.StartLiveTailRequest), silent.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new CloudWatchLogsException(LogsFault.Timeout, Operation, "Live Tail gave no answer.");
        }
        using (response)
        {
            watch.Change(Silence, Timeout.InfiniteTimeSpan);
            var reader = PipeReader.Create(await response.Content.ReadAsStreamAsync(stop), new StreamPipeReaderOptions(bufferSize: 64 << 10));
            await using var frames = EventStreamReader.ReadAsync(reader, silent.Token).GetAsyncEnumerator(silent.Token);
            while (await NextAsync(frames, stop) is { } frame)
            {
                watch.Change(Silence, Timeout.InfiniteTimeSpan);
                if (frame[":message-type"] is "exception" or "error")
                    throw Ended(frame);
                if (frame[":event-type"] == "sessionStart")
                    opened();
                else if (frame[":event-type"] == "sessionUpdate")
                    yield return UpdateOf(frame);
            }
        }
        throw Damaged("The Live Tail connection was closed.", LogsFault.Broken);
    }

    private async Task<HttpResponseMessage> OpenTailAsync(byte[] body, CancellationToken stop)
    {
        const string Operation = "StartLiveTail";
        var (signer, _, at) = Way;
        await BucketOf(Operation, at).TakeAsync(stop);
        try
        {
            return await SendAsync(signer, TailAddress(at), Operation, body, TailCalls, stop);
        }
        catch (CloudWatchLogsException e) when (tailHost is null && e.InnerException is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError })
        {
            // Partitions that the newer host name has not reached yet.
            tailHost = "streaming-logs";
            return await SendAsync(signer, TailAddress(at), Operation, body, TailCalls, stop);
        }
    }

    private Uri TailAddress(string at) => (options.TailEndpoint ?? options.Endpoint) is { } own ? new(own) : new($"https://{tailHost ?? "stream-logs"}.{at}.{Suffix(at)}/");

    private async Task<EventFrame?> NextAsync(IAsyncEnumerator<EventFrame> frames, CancellationToken stop)
    {
        try
        {
            return await frames.MoveNextAsync() ? frames.Current : null;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw Damaged($"Live Tail has said nothing for {Silence.TotalSeconds:0} s.", LogsFault.Broken);
        }
        catch (InvalidDataException e)
        {
            throw Damaged($"What Live Tail sent is damaged: {e.Message}", LogsFault.NotUnderstood, e);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Damaged($"The connection to Live Tail broke: {e.GetBaseException().Message}", LogsFault.Broken, e);
        }
    }

    private LiveTailSessionUpdate UpdateOf(EventFrame frame)
    {
        try
        {
            return JsonSerializer.Deserialize(frame.Payload, LogsJson.Default.LiveTailSessionUpdate) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw Damaged($"What Live Tail sent is not the documented JSON: {e.Message}", LogsFault.NotUnderstood, e);
        }
    }

    private CloudWatchLogsException Ended(EventFrame frame)
    {
        var code = frame[":exception-type"] is { Length: > 0 } type ? type : frame[":error-code"];
        var words = frame[":error-message"];
        try
        {
            if (frame.Payload.Length > 0)
                words = JsonSerializer.Deserialize(frame.Payload, LogsJson.Default.LogsErrorBody) is { } body ? body.Message ?? body.CapitalMessage ?? words : words;
        }
        catch (JsonException)
        {
            words = Encoding.UTF8.GetString(frame.Payload);
        }
        var ended = LogsFaultOf.Streamed("StartLiveTail", code, words);
        if (ended.Fault != LogsFault.SessionTimeout)
            TailCalls.Failed(code, "");
        return ended;
    }

    private CloudWatchLogsException Damaged(string message, LogsFault fault, Exception? inner = null)
    {
        TailCalls.Failed(fault.ToString(), "");
        return new(fault, "StartLiveTail", message, inner: inner);
    }
}
