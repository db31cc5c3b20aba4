using System.Net;
using Amazon.Runtime;

namespace FlinkDashboard.Gateways.Prometheus;

public sealed partial class PrometheusApi
{
    private const int Attempts = 3;

    /// <summary>Requests under way at once; the others wait.</summary>
    public const int AtOnce = 6;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private readonly SemaphoreSlim places = new(AtOnce, AtOnce);
    private readonly Random jitter = new(Environment.ProcessId);
    private volatile bool postsAreRefused;

    private async Task<(ReadOnlyMemory<byte> Body, string Type)> SendAsync(string endpoint, bool posts, IReadOnlyList<(string Name, string? Value)> parameters, CancellationToken stop)
    {
        if (Target is null || connection is null)
            throw new PrometheusException(PrometheusFault.NotConfigured, 0, "No Prometheus is set. Set Prometheus:Url to the part before /api/v1 of a Prometheus or of a managed workspace.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await places.WaitAsync(stop);
        // Only now: those who wait for a place are not to blame.
        using var timer = time.CreateTimer(static s => ((CancellationTokenSource)s!).Cancel(), limit, TimeSpan.FromSeconds(options.Timeout), Timeout.InfiniteTimeSpan);
        var call = calls.Begin();
        try
        {
            var answer = await RepeatAsync(endpoint, posts, parameters, limit.Token);
            call.Succeeded();
            return answer;
        }
        catch (PrometheusException e)
        {
            // A query that somebody mistyped says nothing about the server, and its text is the user's own.
            call.Failed(e.Fault.ToString(), e.IsOfTheQuery ? "" : e.Message);
            throw;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            var fault = new PrometheusException(PrometheusFault.Timeout, 0,
                $"{Target.Name} gave no whole answer within {options.Timeout} s. It is overloaded or the query is heavy: ask for a shorter range, or raise Prometheus:Timeout.");
            call.Failed(fault.Fault.ToString(), fault.Message);
            throw fault;
        }
        finally
        {
            places.Release();
        }
    }

    // Each attempt is signed anew: a signature lives for five minutes only.
    private async Task<(ReadOnlyMemory<byte>, string)> RepeatAsync(string endpoint, bool posts, IReadOnlyList<(string, string?)> parameters, CancellationToken stop)
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            PrometheusException failure;
            try
            {
                return await OnceAsync(endpoint, posts && !postsAreRefused, parameters, stop);
            }
            catch (PrometheusException e) when (attempt < Attempts && posts && !postsAreRefused && e.Status == (int)HttpStatusCode.MethodNotAllowed)
            {
                postsAreRefused = true; // a proxy that lets only GET pass
                continue;
            }
            catch (PrometheusException e) when (attempt < Attempts && e.IsTransient)
            {
                failure = e;
            }
            var wait = pause * (1 + Next());
            await Task.Delay(failure.RetryAfter is { } asked && asked > wait ? asked : wait, time, stop);
            pause *= 2;
        }
    }

    private double Next()
    {
        lock (jitter)
            return jitter.NextDouble();
    }

    private async Task<(ReadOnlyMemory<byte>, string)> OnceAsync(string endpoint, bool posts, IReadOnlyList<(string Name, string? Value)> parameters, CancellationToken stop)
    {
        var given = parameters.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Name, p.Value!)).ToList();
        using var request = Request(endpoint, posts, given);
        try
        {
            using var response = await connection!.SendAsync(request, stop);
            var body = await ReadAsync(response, stop);
            var type = response.Content.Headers.ContentType?.MediaType ?? "";
            if (response.StatusCode == HttpStatusCode.Unauthorized)
                connection.ForgetToken();
            if (!response.IsSuccessStatusCode || !type.Contains("json", StringComparison.OrdinalIgnoreCase))
                throw PrometheusFailures.Of(Target!, endpoint, response, body.Span);
            return (body, type);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new PrometheusException(PrometheusFault.Unreachable, 0,
                $"{Target!.Name} cannot be reached: {e.GetBaseException().Message}. The last values stay. Check that it runs, Prometheus:Url, and network policies between the dashboard and it.", inner: e);
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException)
        {
            throw new PrometheusException(PrometheusFault.Forbidden, 0,
                $"There are no AWS credentials to sign the request with: {e.GetBaseException().Message}. Give the dashboard's service account a role (IRSA or Pod Identity), or set Aws:Profile.", inner: e);
        }
    }

    // Encoded here, by RFC 3986, and never touched again: what is signed is what is sent.
    private HttpRequestMessage Request(string endpoint, bool posts, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var pairs = string.Join('&', parameters.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
        var address = $"{Target!.Root}/api/v1/{endpoint}" + (posts || pairs.Length == 0 ? "" : "?" + pairs);
        var request = new HttpRequestMessage(posts ? HttpMethod.Post : HttpMethod.Get, new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (posts)
            request.Content = new StringContent(pairs, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        return request;
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken stop)
    {
        using var whole = new MemoryStream();
        await using var body = await response.Content.ReadAsStreamAsync(stop);
        var buffer = new byte[65_536];
        while (await body.ReadAsync(buffer, stop) is > 0 and var count)
        {
            if (whole.Length + count > LargestAnswer)
                throw new PrometheusException(PrometheusFault.TooLarge, (int)response.StatusCode, $"The answer of {Target!.Name} is larger than {LargestAnswer >> 20} MiB. Aggregate (sum by …), take a longer step or a shorter range.");
            whole.Write(buffer, 0, count);
        }
        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }
}
