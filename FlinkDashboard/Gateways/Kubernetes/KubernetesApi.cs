using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FlinkDashboard.Model.Kinds;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>
/// The Kubernetes API, as this app uses it. Connection, TLS and credentials come from the KubernetesClient package; list and watch decode
/// straight into the Model's records (a tenth of the memory of the package's own types). Every failure is a <see cref="KubernetesApiException"/>.
/// </summary>
public sealed partial class KubernetesApi(ClusterConnector connector, TimeProvider time, ILogger<KubernetesApi>? log = null, GatewayMeter? meter = null)
{
    /// <summary>How long an ordinary request may take; the API server's own limit is 60 s.</summary>
    private static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(30);

    private readonly ILogger logger = log ?? NullLogger<KubernetesApi>.Instance;

    /// <summary>Where the requests go, for people.</summary>
    public ClusterConnector Connector => connector;

    /// <summary>How the requests fare.</summary>
    public GatewayCalls Calls { get; } = meter?.Of("kubernetes") ?? new("kubernetes", time);

    /// <summary><c>gitVersion</c> of the API server.</summary>
    public async Task<string> VersionAsync(CancellationToken stop)
    {
        var answer = await ReadAsync(new("GET", "/version"), stop);
        return JsonSerializer.Deserialize(answer, WireJson.Default.VersionInfo)?.GitVersion ?? "";
    }

    /// <summary>Sends and returns the whole body.</summary>
    private async Task<byte[]> ReadAsync(ApiRequest request, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var timer = time.CreateTimer(static s => ((CancellationTokenSource)s!).Cancel(), limit, RequestTime, Timeout.InfiniteTimeSpan);
        try
        {
            using var response = await SendAsync(request, limit.Token);
            return await response.Content.ReadAsByteArrayAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw Late(request);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Broken(request, e);
        }
    }

    /// <summary>Sends; returns an answer below 300 with its body unread, or throws.</summary>
    private async Task<HttpResponseMessage> SendAsync(ApiRequest request, CancellationToken stop)
    {
        var response = await SendForAnyAsync(request, proxied: false, stop);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await FailureAsync(response, stop);
    }

    /// <summary>Sends; returns whatever comes with its body unread. A refused credential is renewed once.</summary>
    private async Task<HttpResponseMessage> SendForAnyAsync(ApiRequest request, bool proxied, CancellationToken stop)
    {
        var call = Calls.Begin();
        try
        {
            var response = await SendRenewingAsync(request, stop);
            if (proxied || response.IsSuccessStatusCode)
                call.Succeeded();
            else
                call.Failed(StatusReading.ReasonOf((int)response.StatusCode), "");
            return response;
        }
        catch (KubernetesApiException e)
        {
            call.Failed(e.Reason, e.GetBaseException().Message);
            throw;
        }
    }

    private async Task<HttpResponseMessage> SendRenewingAsync(ApiRequest request, CancellationToken stop)
    {
        var connection = await connector.ConnectAsync(stop);
        var response = await SendOnceAsync(connection, request, stop);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            response.Dispose();
            connector.Forget(connection);
            connection = await connector.ConnectAsync(stop);
            response = await SendOnceAsync(connection, request, stop);
        }
        return response;
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ApiServerConnection connection, ApiRequest request, CancellationToken stop)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(connection.Address, request.Path));
        message.Headers.Accept.ParseAdd(request.Accept);
        if (request.Body is { } body)
            message.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(request.ContentType));
        if (request.As is { } user)
        {
            message.Headers.TryAddWithoutValidation("Impersonate-User", user.Name);
            foreach (var group in user.Groups)
                message.Headers.TryAddWithoutValidation("Impersonate-Group", group);
        }
        try
        {
            return await connection.SendAsync(message, stop);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Lost(request, e);
        }
        catch (Exception e) when (e is k8s.Exceptions.KubeConfigException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // The exec plug-in runs again when its token ends, inside the request.
            connector.Forget(connection);
            throw ClusterConnector.Fault($"{connector.Name}: credentials could not be renewed: {e.GetBaseException().Message}", e);
        }
    }

    private KubernetesApiException Late(ApiRequest request)
    {
        var words = $"within {RequestTime.TotalSeconds:0} s";
        Calls.Failed("Timeout", $"No answer {words}.");
        return new(0, "Timeout", $"{connector.Name} gave no answer to {request} {words}.");
    }

    // The connection broke after the answer had begun.
    private KubernetesApiException Broken(ApiRequest request, Exception e)
    {
        Calls.Failed(KubernetesApiException.Unreachable, e.GetBaseException().Message);
        return Lost(request, e);
    }

    private KubernetesApiException Lost(ApiRequest request, Exception e) =>
        ClusterConnector.Fault($"{connector.Name} cannot be reached ({request}): {(e.Message.Contains("inner exception", StringComparison.Ordinal) ? e.GetBaseException().Message : e.Message)}", e);

    private static async Task<KubernetesApiException> FailureAsync(HttpResponseMessage response, CancellationToken stop)
    {
        var code = (int)response.StatusCode;
        var retry = response.Headers.RetryAfter?.Delta;
        var body = await FirstBytesAsync(response, stop);
        if (StatusIn(body) is { } status)
            return status.ToException(code, retry);
        var text = Encoding.UTF8.GetString(body).Trim();
        return new KubernetesApiException(code, StatusReading.ReasonOf(code), text.Length is > 0 and < 300 && text[0] != '<' ? text : $"HTTP {code.ToString(CultureInfo.InvariantCulture)} {response.ReasonPhrase}".Trim(), retryAfter: retry);
    }

    private static ApiStatus? StatusIn(byte[] body)
    {
        try
        {
            return body.Length > 0 && body[0] == '{' && JsonSerializer.Deserialize(body, KindParsing.Status) is { Status: not null } status ? status : null;
        }
        catch (JsonException)
        {
            return null; // a load balancer's page or a cut body: the code says enough
        }
    }

    private static async Task<byte[]> FirstBytesAsync(HttpResponseMessage response, CancellationToken stop)
    {
        try
        {
            var body = await response.Content.ReadAsByteArrayAsync(stop);
            return body.Length > 65_536 ? body[..65_536] : body;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return []; // the connection broke inside the error body: the code is what is left
        }
    }
}
