using System.Globalization;
using System.Text;
using System.Text.Json;
using FlinkDashboard.Model.Flink;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Gateways.FlinkRest;

/// <summary>
/// The REST API of JobManagers, Flink 1.16 to 2.x, for reading. Every path is checked against <see cref="FlinkPaths"/>; every failure is a
/// <see cref="FlinkRestException"/> that says who was asked, what and when.
/// </summary>
public sealed partial class FlinkRestApi(IFlinkRoute route, TimeProvider time, GatewayMeter? meter = null)
{
    /// <summary>Largest JSON answer that is read: details of a vertex with 1,600 subtasks take 2 MB.</summary>
    public const int LargestAnswer = 32 << 20;

    /// <summary>Largest file that is read through; only its end is kept.</summary>
    public const long LargestFile = 256L << 20;

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FileTime = TimeSpan.FromSeconds(60);

    /// <summary>How JobManagers are reached, for people.</summary>
    public string Way => route.Words;

    /// <summary>How the requests fare, of all JobManagers together.</summary>
    public GatewayCalls Calls { get; } = meter?.Of("flink") ?? new("flink", time);

    /// <summary>An answer as it comes, for Flink's own page: only paths of <see cref="FlinkUiPaths"/>.</summary>
    public async Task<FlinkResponse> OpenForPageAsync(JobManagerAddress from, string path, CancellationToken stop)
    {
        if (!from.IsValid)
            throw Fault(from, path, FlinkRestFault.NotAllowed, 0, "Namespace and cluster must be Kubernetes names.");
        return FlinkUiPaths.Refusal(path) is { } reason
            ? throw Fault(from, path, FlinkRestFault.NotAllowed, 0, reason)
            : await CountedAsync(() => route.GetAsync(from, path, time.GetUtcNow(), stop));
    }

    private async Task<T> ReadAsync<T>(JobManagerAddress from, string path, CancellationToken stop)
    {
        var body = await SendAsync(from, path, AnswerTime, ReadWholeAsync, stop);
        try
        {
            return FlinkJson.Parse<T>(body);
        }
        catch (JsonException e)
        {
            throw Fault(from, path, FlinkRestFault.NotUnderstood, 200, $"The JobManager's answer is not the expected JSON: {e.Message}", inner: e);
        }
    }

    private async Task<LogText> ReadTextAsync(JobManagerAddress from, string path, CancellationToken stop)
    {
        var text = await SendAsync(from, path, FileTime, ReadEndAsync, stop);
        // Line by line: the redactor gives up on a text that takes it too long.
        return text with { Text = string.Join('\n', text.Text.Split('\n').Select(RedactionOfText.Of)) };
    }

    private async Task<T> SendAsync<T>(JobManagerAddress from, string path, TimeSpan patience, Func<Stream, CancellationToken, Task<T?>> read, CancellationToken stop) where T : class
    {
        if (!from.IsValid)
            throw Fault(from, path, FlinkRestFault.NotAllowed, 0, "Namespace and cluster must be Kubernetes names.");
        if (FlinkPaths.Refusal(path) is { } reason)
            throw Fault(from, path, FlinkRestFault.NotAllowed, 0, reason);
        return await CountedAsync(() => AskAsync(from, path, patience, read, stop));
    }

    // Something that is not there (a job that has ended, checkpoints that are off) is an answer, too. No message: it would name the application.
    private async Task<T> CountedAsync<T>(Func<Task<T>> ask)
    {
        var call = Calls.Begin();
        try
        {
            var answer = await ask();
            call.Succeeded();
            return answer;
        }
        catch (FlinkRestException e)
        {
            if (e.IsAbsent)
                call.Succeeded();
            else
                call.Failed(e.Fault.ToString(), "");
            throw;
        }
    }

    private async Task<T> AskAsync<T>(JobManagerAddress from, string path, TimeSpan patience, Func<Stream, CancellationToken, Task<T?>> read, CancellationToken stop) where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var timer = time.CreateTimer(static s => ((CancellationTokenSource)s!).Cancel(), limit, patience, Timeout.InfiniteTimeSpan);
        try
        {
            using var response = await route.GetAsync(from, path, time.GetUtcNow(), limit.Token);
            if (response.Status is < 200 or >= 300)
                throw Refused(from, path, response.Status, await ReadErrorAsync(response.Body, limit.Token));
            return await read(response.Body, limit.Token) ?? throw Fault(from, path, FlinkRestFault.TooLarge, response.Status, $"The answer is larger than {LargestAnswer >> 20} MiB.");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw Fault(from, path, FlinkRestFault.Timeout, 0, $"The JobManager gave no whole answer within {patience.TotalSeconds:0} s.");
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Fault(from, path, FlinkRestFault.Unreachable, 0, $"The connection to the JobManager broke: {e.GetBaseException().Message}", inner: e);
        }
    }

    private static async Task<byte[]?> ReadWholeAsync(Stream body, CancellationToken stop)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[65_536];
        while (await body.ReadAsync(buffer, stop) is > 0 and var count)
        {
            if (whole.Length + count > LargestAnswer)
                return null;
            whole.Write(buffer, 0, count);
        }
        return whole.ToArray();
    }

    // Flink's files know no ranges: the whole passes by, the end is kept.
    private static async Task<LogText?> ReadEndAsync(Stream body, CancellationToken stop)
    {
        var ring = new byte[LogText.Kept];
        var buffer = new byte[65_536];
        long size = 0;
        while (size < LargestFile && await body.ReadAsync(buffer, stop) is > 0 and var count)
        {
            var at = (int)(size % ring.Length);
            var first = Math.Min(count, ring.Length - at);
            buffer.AsSpan(0, first).CopyTo(ring.AsSpan(at));
            buffer.AsSpan(first, count - first).CopyTo(ring);
            size += count;
        }
        if (size <= ring.Length)
            return new(Encoding.UTF8.GetString(ring, 0, (int)size), size, false);
        var start = (int)(size % ring.Length);
        byte[] end = [.. ring.AsSpan(start), .. ring.AsSpan(0, start)];
        var line = Array.IndexOf(end, (byte)'\n') + 1;
        return new(Encoding.UTF8.GetString(end, line, end.Length - line), size, true);
    }

    private static async Task<byte[]> ReadErrorAsync(Stream body, CancellationToken stop)
    {
        var buffer = new byte[1 << 18];
        var count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
        return buffer[..count];
    }

    private FlinkRestException Refused(JobManagerAddress from, string path, int status, byte[] body)
    {
        var (message, detail) = ErrorReading.Of(status, body);
        return Fault(from, path, FlinkRestFault.Refused, status, message, detail);
    }

    private FlinkRestException Fault(JobManagerAddress from, string path, FlinkRestFault fault, int code, string message, string? detail = null, Exception? inner = null) =>
        new(from, path, fault, code, message, time.GetUtcNow(), detail, inner);

    private static string Names(IEnumerable<string> names) => string.Join(',', names.Select(Uri.EscapeDataString));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
