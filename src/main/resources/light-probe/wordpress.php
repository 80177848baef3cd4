<?php // WordPress: wp-content/mu-plugins/light-probe.php tells the probe, and nobody else, how many queries a page took.
add_action('template_redirect', function () {
    if (!hash_equals(PROBE_KEY, $_SERVER['HTTP_X_PROBE'] ?? '')) {
        return;
    }
    ob_start(function ($page) {
        global $wpdb;
        header('X-DB-Calls: ' . $wpdb->num_queries);
        return $page;
    });
});
