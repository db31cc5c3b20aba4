using System.Net;
using FlinkDashboard.Configuration;
using k8s;

namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>
/// Makes the connection when it is first needed and again after credentials were refused, so that the app starts without the cluster and
/// recovers when a kubeconfig is repaired or a token rotates. One attempt at a time; a failed one is not remembered.
/// </summary>
public sealed class ClusterConnector(ClusterAddress address) : IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);
    private ApiServerConnection? current;

    /// <summary>Where this leads.</summary>
    public ClusterAddress Address => address;

    /// <summary>The connection's name once made, else what the settings say.</summary>
    public string Name => current?.Name ?? address.Context ?? address.KubeConfigPath ?? address.Source.ToString();

    /// <summary>The connection. Throws <see cref="KubernetesApiException"/> that names the file, context or program at fault.</summary>
    public async ValueTask<ApiServerConnection> ConnectAsync(CancellationToken stop)
    {
        if (Volatile.Read(ref current) is { } made)
            return made;
        await one.WaitAsync(stop);
        try
        {
            // Building runs exec plug-ins and reads files synchronously: keep that off the caller's thread.
            return current ??= await Task.Run(Build, stop);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Forgets a connection whose credentials were refused; requests under way on it go on.</summary>
    public void Forget(ApiServerConnection used) => Interlocked.CompareExchange(ref current, null, used);

    /// <inheritdoc/>
    public void Dispose()
    {
        current?.Dispose();
        one.Dispose();
    }

    private ApiServerConnection Build()
    {
        var (configuration, name, proxy) = address.Source switch
        {
            ClusterSource.Sandbox => (new KubernetesClientConfiguration { Host = address.Server!.ToString(), AccessToken = address.Token }, "sandbox", null),
            ClusterSource.InCluster => InCluster(),
            _ => KubeConfigFile.Load(address.KubeConfigPath!, address.Context)
        };
        configuration.HttpClientTimeout = Timeout.InfiniteTimeSpan;
        configuration.UserAgent = "flink-dashboard";
        configuration.FirstMessageHandlerSetup = handler => SetUp(handler, proxy);
        try
        {
            return new ApiServerConnection(new k8s.Kubernetes(configuration), name);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var where = address.Source == ClusterSource.KubeConfig ? $"kubeconfig {address.KubeConfigPath}, context \"{name}\"" : name;
            throw Fault($"{where}: the client could not be set up: {e.GetBaseException().Message}", e);
        }
    }

    private static void SetUp(SocketsHttpHandler handler, Uri? proxy)
    {
        // A load balancer in front of the API server cuts idle connections silently; pings find out within 45 s.
        handler.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        handler.KeepAlivePingTimeout = TimeSpan.FromSeconds(15);
        handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
        handler.EnableMultipleHttp2Connections = true;
        handler.ConnectTimeout = TimeSpan.FromSeconds(15);
        handler.AllowAutoRedirect = false; // a server behind the proxy must not send these credentials elsewhere
        handler.AutomaticDecompression = DecompressionMethods.GZip;
        if (proxy is not null)
            (handler.Proxy, handler.UseProxy) = (new WebProxy(proxy), true);
    }

    private (KubernetesClientConfiguration, string, Uri?) InCluster()
    {
        var (token, ca) = (Path.Combine(address.ServiceAccountFolder, "token"), Path.Combine(address.ServiceAccountFolder, "ca.crt"));
        foreach (var file in (string[])[token, ca])
            if (!File.Exists(file))
                throw Fault($"Cluster:Source is InCluster, but {file} does not exist: does the pod mount its service account token?");
        var configuration = new KubernetesClientConfiguration
        {
            Host = (address.Server ?? ServerOfThePod()).ToString(),
            // The kubelet rewrites the file before the token ends; this reads it again every minute.
            TokenProvider = new k8s.Authentication.TokenFileAuth(token),
            SslCaCerts = []
        };
        configuration.SslCaCerts.ImportFromPemFile(ca);
        return (configuration, "in-cluster", null);
    }

    private static Uri ServerOfThePod()
    {
        var (host, port) = (Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST"), Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT"));
        return string.IsNullOrEmpty(host) || !int.TryParse(port, out var number)
            ? throw Fault("Cluster:Source is InCluster, but KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set: this process does not run in a pod.")
            : new UriBuilder("https", host, number).Uri;
    }

    /// <summary>The error for a connection that could not be made.</summary>
    internal static KubernetesApiException Fault(string message, Exception? inner = null) =>
        new(0, KubernetesApiException.Unreachable, message, inner: inner);
}
