namespace FlinkDashboard.Model.Kinds;

/// <summary>Webhooks that may refuse writes.</summary>
public sealed record ValidatingWebhookConfiguration : IKubernetesObject<ValidatingWebhookConfiguration>
{
    /// <inheritdoc />
    public static KindInfo<ValidatingWebhookConfiguration> Info { get; } =
        new("admissionregistration.k8s.io", "v1", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations", false, KindsJson.Default.ValidatingWebhookConfiguration, KindsJson.Default.KubernetesListValidatingWebhookConfiguration);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>The webhooks.</summary>
    public IReadOnlyList<Webhook> Webhooks { get; init => field = value ?? []; } = [];
}

/// <summary>One webhook. Its CA bundle is not kept.</summary>
public sealed record Webhook
{
    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Fail or Ignore.</summary>
    public string? FailurePolicy { get; init; }

    /// <summary>Where it listens.</summary>
    public WebhookClientConfig? ClientConfig { get; init; }

    /// <summary>What it is asked about.</summary>
    public IReadOnlyList<WebhookRule> Rules { get; init => field = value ?? []; } = [];
}

/// <summary>clientConfig of a webhook.</summary>
public sealed record WebhookClientConfig
{
    /// <summary>URL, when outside the cluster.</summary>
    public string? Url { get; init; }

    /// <summary>Service, when inside.</summary>
    public WebhookTarget? Service { get; init; }
}

/// <summary>The service of a webhook.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Path">URL path.</param>
public sealed record WebhookTarget(string? Namespace, string? Name, string? Path);

/// <summary>What a webhook is asked about.</summary>
public sealed record WebhookRule
{
    /// <summary>CREATE, UPDATE, DELETE, CONNECT or <c>*</c>.</summary>
    public IReadOnlyList<string> Operations { get; init => field = value ?? []; } = [];

    /// <summary>API groups.</summary>
    public IReadOnlyList<string> ApiGroups { get; init => field = value ?? []; } = [];

    /// <summary>Plurals.</summary>
    public IReadOnlyList<string> Resources { get; init => field = value ?? []; } = [];
}
